import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { SoftwareInventoryInputs } from '../document/software-inventory-inputs.ts';
import { collectInventory } from '../inventory/collection.ts';
import { type SendableItem, sendableItems } from '../inventory/sendable.ts';
import { Failure } from '../protocol/failures.ts';
import { AGENT_VERSION } from '../protocol/version.ts';
import type { Action, ActionContext, ActionOutcome } from '../steps/action.ts';
import { inventoryMachine } from './inventory-machine.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Where JSON files on this node are custom inventory. Made here, so that whoever has some knows where to put it. */
function customFolder({ stateFolder }: ActionContext): string {
  const folder = path.join(stateFolder, 'inventory', 'custom');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** What became of the items: the types that were sent, and what was said of those that were refused. */
interface Sent {
  readonly types: readonly string[];
  readonly refused: ReadonlyMap<string, string>;
}

/** Hashes first: what the controller has already is not sent again. Null when the step is stopped. */
async function send(items: readonly SendableItem[], context: ActionContext): Promise<Sent | null> {
  const { controller, signal, run } = context;
  if (controller === null) throw new Failure('E-NO-CONTROLLER', { need: 'Where inventory is kept' });
  const ask = (chosen: readonly SendableItem[], hasContent: boolean) => {
    const sent = chosen.map(({ bytes: _bytes, content, ...item }) => (hasContent ? { ...item, content } : item));
    return controller.ask({ ask: 'inventory', executionId: run.executionId, stepIndex: run.stepIndex, items: sent }, signal);
  };
  const first = await ask(items, false);
  if (first === null) return null;
  const needed = items.filter(({ typeName }) => first.needed.includes(typeName));
  const second = needed.length === 0 ? { needed: [], refused: [] } : await ask(needed, true);
  if (second === null) return null;
  const refused = new Map([...first.refused, ...second.refused].map(({ typeName, problem }) => [typeName, problem]));
  return { types: needed.map(({ typeName }) => typeName), refused };
}

function lineOf({ typeName, content, bytes }: SendableItem, { types, refused }: Sent): string {
  const fate = refused.has(typeName) ? 'refused' : types.includes(typeName) ? `${bytes} bytes sent` : 'unchanged';
  return `${typeName}: ${plural(content.length, 'entry', 'entries')}, ${fate}`;
}

async function gather(inputs: SoftwareInventoryInputs, context: ActionContext): Promise<ActionOutcome> {
  const machine = inventoryMachine(context);
  const folder = customFolder(context);
  const place = { machine, signal: context.signal, customFolder: folder, agentVersion: AGENT_VERSION };
  const items = sendableItems(await collectInventory(inputs, place), context.clock.now(), machine.warn);
  if (context.signal.aborted) return { kind: 'stopped' };
  const sent = await send(items, context);
  if (sent === null) return { kind: 'stopped' };
  for (const [typeName, problem] of sent.refused) machine.warn(`${typeName} was refused: ${problem}`);
  const lines = items.map((item) => lineOf(item, sent));
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
