import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PluginStatus } from '../../../agent/protocol/status.ts';
import { mergeOfParts, runParts } from '../../../agent/runner/parts.ts';
import type { ActionContext, ActionOutcome } from '../../../agent/steps/action.ts';
import { aScriptContext } from '../steps/script-context.ts';

const exited = (exitCode: number): ActionOutcome => ({ kind: 'exited', exitCode });

async function played(outcomes: readonly ActionOutcome[]): Promise<{ outcome: ActionOutcome; folders: string[] }> {
  const folders: string[] = [];
  const context: ActionContext = { ...aScriptContext(), stepFolder: '/step' };
  const parts = outcomes.map((outcome) => async ({ stepFolder }: ActionContext) => {
    folders.push(stepFolder);
    return outcome;
  });
  return { outcome: await runParts(parts, 'Linux')(context), folders };
}

const status = fc.constantFrom(...PluginStatus.options, null);

test('what parts come to does not depend on their order, nor on how they are put together', () => {
  fc.assert(
    fc.property(fc.array(status), fc.array(status), (some, others) => {
      const all = mergeOfParts([...some, ...others]);
      expect(mergeOfParts([...others, ...some])).toBe(all);
      expect(mergeOfParts([mergeOfParts(some), mergeOfParts(others)])).toBe(all);
    }),
  );
});

describe('a step of several parts', () => {
  test('runs all of them, each in its folder, also after one that failed', async () => {
    const { outcome, folders } = await played([exited(0), exited(3), exited(0)]);
    expect([outcome, folders]).toEqual([exited(3), ['/step/0', '/step/1', '/step/2']]);
  });

  test('is what its strongest part is: a timeout is stronger than a failure', async () => {
    const timedOut: ActionOutcome = { kind: 'timed-out', afterSeconds: 5, exitCode: null };
    expect((await played([timedOut, exited(1)])).outcome).toEqual(timedOut);
    expect((await played([exited(1), timedOut])).outcome).toEqual(timedOut);
  });

  test.each([168, 169, 194])('ends with a part that exits with %d', async (code) => {
    const { outcome, folders } = await played([exited(code), exited(0)]);
    expect([outcome, folders.length]).toEqual([exited(code), 1]);
  });

  test('ends with a part that was stopped', async () => {
    expect(await played([{ kind: 'stopped' }, exited(0)])).toEqual({ outcome: { kind: 'stopped' }, folders: ['/step/0'] });
  });

  test('of one part is that part, in the folder of the step', async () => {
    expect(await played([exited(7)])).toEqual({ outcome: exited(7), folders: ['/step'] });
  });
});
