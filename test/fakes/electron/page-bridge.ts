import { readFileSync } from 'node:fs';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { type MessagePortMain, type PortMessage, PortTable } from './ports.ts';
import { announcePortsEnd, END_OF_PORT, prepareWorld, type ToWorld, WORLD_BINDING } from './preload-world.ts';

const worldName = 'preload of the double of electron';

/** The way between main and a page's preload. Each document that the page loads gets a new world and new ports. */
export class PageBridge {
  private readonly devTools: CDPSession;
  private world: string | null = null;
  private ports: PortTable;

  private constructor(devTools: CDPSession) {
    this.devTools = devTools;
    this.ports = new PortTable((message) => this.send(message));
  }

  static async open(context: BrowserContext, page: Page, preloadFile: string): Promise<PageBridge> {
    const devTools = await context.newCDPSession(page);
    const bridge = new PageBridge(devTools);
    devTools.on('Runtime.executionContextCreated', ({ context: world }) => {
      if (world.name === worldName) bridge.world = world.uniqueId;
    });
    devTools.on('Runtime.executionContextsCleared', () => bridge.drop());
    devTools.on('Runtime.bindingCalled', ({ name, payload }) => {
      // Only our own function in that world writes these.
      if (name === WORLD_BINDING) bridge.ports.hear(JSON.parse(payload) as PortMessage);
    });
    await devTools.send('Page.enable');
    await devTools.send('Runtime.enable');
    await devTools.send('Runtime.addBinding', { name: WORLD_BINDING, executionContextName: worldName });
    const preload = `(require, module) => {\n${readFileSync(preloadFile, 'utf8')}\n}`;
    const source = `(${prepareWorld})(${JSON.stringify({ binding: WORLD_BINDING, endOfPort: END_OF_PORT })}, ${preload})`;
    await devTools.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName });
    await page.addInitScript(announcePortsEnd, END_OF_PORT);
    return bridge;
  }

  post(channel: string, message: unknown, ports: readonly MessagePortMain[]): void {
    this.ports.handOver(ports, (numbers) => this.send({ kind: 'event', channel, message, ports: numbers }));
    // A document that is gone takes nothing any more.
    if (this.world === null) this.ports.closeAll();
  }

  drop(): void {
    this.world = null;
    this.ports.closeAll();
  }

  private send(message: ToWorld): void {
    if (this.world === null) return;
    const isText = message.kind !== 'port-message' || typeof message.data === 'string';
    if (!isText) throw new Error('the double of electron models ports for texts only, which is what RPC sends');
    const expression = `hearElectronDouble(${JSON.stringify(message)})`;
    // The document may go away in the meantime, as in a real page; its ports are closed then.
    this.devTools.send('Runtime.evaluate', { expression, uniqueContextId: this.world }).catch(() => undefined);
  }
}
