import { browserTransport } from './browser-transport.ts';
import { electronTransport, PortInbox } from './electron-transport.ts';
import { ownFaults } from './fault.ts';
import type { Line, Transport } from './line.ts';
import { SignedOut } from './line.ts';
import { keptSession, takeLink } from './session.ts';

/** A page that was opened without a link is Electron's if a port comes in this time. */
const PORT_WAIT_MS = 2500;

const isElectron = (): boolean => !window.location.protocol.startsWith('http') || navigator.userAgent.includes('Electron');

function whicheverComes(inbox: PortInbox): Transport {
  const electron = electronTransport(inbox);
  let isKnown = isElectron();
  return {
    async open(): Promise<Line> {
      if (!isKnown) {
        const tooLate = new Promise<'too late'>((resolve) => {
          setTimeout(() => resolve('too late'), PORT_WAIT_MS);
        });
        if ((await Promise.race([inbox.arrival(), tooLate])) === 'too late') throw new SignedOut(ownFaults.noSession, inbox.arrival());
      }
      isKnown = true;
      return electron.open();
    },
  };
}

/** How this window reaches the controller. Call it once, before anything is shown: it empties the address of its one-time code. */
export function transportOfThisWindow(): Transport {
  const inbox = new PortInbox();
  inbox.listen();
  const link = takeLink();
  return link !== null || keptSession() !== null ? browserTransport(link) : whicheverComes(inbox);
}
