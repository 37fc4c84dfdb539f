import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import { type ControllerStatus, FromController, type Refusal, type ToController } from '../api/host-messages.ts';
import { PORT_MESSAGE } from '../api/transport.ts';
import { isPageUrl } from './page-protocol.ts';
import { endProcess } from './process-end.ts';
import { ownFault } from './refusal.ts';
import { answerOf, type VaultFinding } from './vault.ts';

export type LinkEvents = {
  /** A controller's process runs, not always the first: windows need ports to this one. */
  started(): void;
  status(status: ControllerStatus): void;
  /** It ended unasked, and is started again by itself. */
  lost(retryInSeconds: number): void;
  /** It does not run until a person has acted. Nothing is tried again. */
  refused(refusal: Refusal): void;
};

export type ControllerLink = {
  start(plan: ControllerPlan): void;
  /** Gives a page its own port to the controller. */
  introduce(contents: WebContents): void;
  /** Resolves when the controller's process is gone, by its own doing or by force. */
  stop(): Promise<void>;
};

export type ControllerPlan = { program: string; args: readonly string[]; vault: VaultFinding };

/** A controller that ended this often without having been ready once is not mended by another try. */
const mostFailedStarts = 4;
/** Whatever ended one that was ready for this long is not what ended the one before it. */
const steadyAfterMilliseconds = 60_000;
const longestPauseSeconds = 30;

/** Keeps one controller's process running and hands ports to it. */
export function linkController(events: LinkEvents): ControllerLink {
  let child: UtilityProcess | null = null;
  let readyAt: number | null = null;
  let endingsInARow = 0;
  let isOver = false;
  let retry: NodeJS.Timeout | undefined;

  function start(plan: ControllerPlan): void {
    if (isOver) return;
    child = utilityProcess.fork(plan.program, [...plan.args], { serviceName: 'Holdfast controller' });
    readyAt = null;
    child.once('exit', (code) => ended(plan, code));
    const ready = () => {
      readyAt = performance.now();
    };
    hearController(child, { vault: plan.vault, ready, status: events.status, refused: giveUp });
    events.started();
  }

  function ended(plan: ControllerPlan, code: number): void {
    child = null;
    if (isOver) return;
    const wasSteady = readyAt !== null && performance.now() - readyAt > steadyAfterMilliseconds;
    endingsInARow = wasSteady ? 1 : endingsInARow + 1;
    if (readyAt === null && endingsInARow >= mostFailedStarts) {
      giveUp(ownFault(`the controller ended with code ${code}`));
      return;
    }
    const seconds = Math.min(longestPauseSeconds, 0.25 * 2 ** endingsInARow);
    events.lost(seconds);
    retry = setTimeout(() => start(plan), seconds * 1000);
  }

  function giveUp(refusal: Refusal): void {
    isOver = true;
    events.refused(refusal);
  }

  return {
    start,
    introduce(contents) {
      if (child !== null) introduceTo(child, contents);
    },
    async stop() {
      isOver = true;
      clearTimeout(retry);
      if (child !== null) await endProcess(child, (last) => tell(last, { kind: 'stop' }));
    },
  };
}

type Hearing = { vault: VaultFinding; ready: () => void } & Pick<LinkEvents, 'status' | 'refused'>;

function hearController(child: UtilityProcess, { vault, ready, status, refused }: Hearing): void {
  child.on('message', (text: unknown) => {
    const message = FromController.parse(text);
    switch (message.kind) {
      case 'ready':
        return ready();
      case 'status':
        return status(message.status);
      case 'refused':
        return refused(message.refusal);
      case 'seal':
      case 'unseal':
        void answerOf(vault, message).then((answer) => tell(child, { kind: 'vault-answer', request: message.request, answer }));
    }
  });
}

/** A page that is not ours yet, or no more, gets nothing. */
function introduceTo(child: UtilityProcess, contents: WebContents): void {
  if (contents.isDestroyed() || !isPageUrl(contents.getURL())) return;
  const { port1, port2 } = new MessageChannelMain();
  tell(child, { kind: 'window' }, [port2]);
  contents.postMessage(PORT_MESSAGE, null, [port1]);
}

function tell(child: UtilityProcess, message: ToController, ports: Parameters<UtilityProcess['postMessage']>[1] = []): void {
  child.postMessage(message, ports);
}
