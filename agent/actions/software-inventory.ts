import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { SoftwareInventoryInputs } from '../document/software-inventory-inputs.ts';
import { collectInventory } from '../inventory/collection.ts';
import { type SendableItem, sendableItems } from '../inventory/sendable.ts';
import { Failure } from '../protocol/failures.ts';
import { AGENT_VERSION } from '../protocol/version.ts';
import type { Action, ActionContext, ActionOutcome } from './action.ts';
import { inventoryMachine } from './inventory-machine.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Where JSON files on this node are custom inventory. Made here, so that whoever has some knows where to put it. */
function customFolder({ stateFolder }: ActionContext): string {
  const folder = path.join(stateFolder, 'inventory', 'custom');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Hashes first: what the controller has already is not sent again. Null when the step is stopped. */
async function send(items: readonly SendableItem[], context: ActionContext): Promise<readonly string[] | null> {
  const { controller, signal, run } = context;
  if (controller === null) throw new Failure('E-NO-CONTROLLER', { need: 'Where inventory is kept' });
  const ask = async (chosen: readonly SendableItem[], hasContent: boolean) => {
    const sent = chosen.map(({ bytes: _bytes, content, ...item }) => (hasContent ? { ...item, content } : item));
    return controller.ask({ ask: 'inventory', executionId: run.executionId, stepIndex: run.stepIndex, items: sent }, signal);
  };
  const answer = await ask(items, false);
  if (answer === null || answer.needed.length === 0) return answer?.needed ?? null;
  const needed = items.filter(({ typeName }) => answer.needed.includes(typeName));
  return (await ask(needed, true)) === null ? null : answer.needed;
}

async function gather(inputs: SoftwareInventoryInputs, context: ActionContext): Promise<ActionOutcome> {
  const machine = inventoryMachine(context);
  const folder = customFolder(context);
  const place = { machine, signal: context.signal, customFolder: folder, agentVersion: AGENT_VERSION };
  const items = sendableItems(await collectInventory(inputs, place), context.clock.now(), machine.warn);
  if (context.signal.aborted) return { kind: 'stopped' };
  const sent = await send(items, context);
  if (sent === null) return { kind: 'stopped' };
  const lines = items.map(
    ({ typeName, content, bytes, contentHash: _ }) =>
      `${typeName}: ${plural(content.length, 'entry', 'entries')}, ${sent.includes(typeName) ? `${bytes} bytes sent` : 'unchanged'}`,
  );
  const custom = inputs.customInventory ? [`Custom inventory is read from the JSON files in ${folder}`] : [];
  context.stdout.write(Buffer.from([...lines, ...custom, `${plural(items.length, 'type', 'types')} collected.`, ''].join('\n')));
  return { kind: 'exited', exitCode: 0 };
}

/**
 * aws:softwareInventory: what the node is made of, for the controller to be searched. Succeeds unless it cannot be sent: what cannot be
 * collected is said, and what is known of it stays (spec.md 8.9).
 */
export const softwareInventory: Action<SoftwareInventoryInputs> = {
  run: gather,
  async check(inputs, context) {
    const outcome = await gather(inputs, context);
    return outcome.kind === 'exited' ? { kind: 'checked', drift: [] } : outcome;
  },
};
