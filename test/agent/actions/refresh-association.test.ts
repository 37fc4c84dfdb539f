import { describe, expect, test } from 'vitest';
import { refreshAssociation } from '../../../agent/actions/refresh-association.ts';
import { AssociationId } from '../../../agent/protocol/ids.ts';
import type { RefreshAnswer, RefreshedAssociation } from '../../../agent/protocol/messages.ts';
import type { ActionContext } from '../../../agent/steps/action.ts';
import { aScriptContext } from '../steps/script-context.ts';

const id = (number: number) => AssociationId.parse(`0192a1b2-0000-7000-8000-${String(number).padStart(12, '0')}`);
const line = (number: number, part: Partial<RefreshedAssociation> = {}): RefreshedAssociation => ({
  associationId: id(number),
  title: `association-${number}`,
  result: 'Started',
  because: '',
  ...part,
});

const run = (context: ActionContext, associationIds: string[] = []) =>
  refreshAssociation.run({ associationIds, finallyStep: false }, context);
const answering = (answer: RefreshAnswer) => aScriptContext({ refresh: () => Promise.resolve(answer) });
/** A controller that does not answer before the waiting ends. */
const silent = () =>
  aScriptContext({
    refresh: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true })),
  });

describe('a step that refreshes associations', () => {
  test('asks for the ids that it names', async () => {
    const asked: (readonly string[])[] = [];
    const context = aScriptContext({
      refresh: (ids) => {
        asked.push(ids);
        return Promise.resolve({ kind: 'done', associations: [] });
      },
    });
    await run(context, [id(1).toUpperCase()]);
    await run(context);
    expect(asked).toEqual([[id(1)], []]);
    expect(context.stdout.text).toContain('No association applies to this node.');
  });

  test('prints each association and what was done with it', async () => {
    const associations = [
      line(1),
      line(2, { result: 'LeftOut', because: 'It is in progress.' }),
      line(3, { result: 'Skipped', because: 'CalendarClosed' }),
    ];
    const context = answering({ kind: 'done', associations });
    expect(await run(context)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(context.stdout.text.split('\n')).toEqual([
      `Started   association-1 (${id(1)})`,
      `Left out  association-2 (${id(2)}): It is in progress.`,
      `Skipped   association-3 (${id(3)}): CalendarClosed`,
      '3 associations: 1 started, 1 left out, 1 skipped.',
      '',
    ]);
  });

  test('fails with the reason of the controller that refuses it', async () => {
    const context = answering({ kind: 'refused', problem: 'Association x does not apply to lab-07.' });
    expect(await run(context)).toEqual({ kind: 'failed', reason: 'Association x does not apply to lab-07.' });
    expect(context.stderr.text).toContain('does not apply');
  });

  test('fails when an association could not be started', async () => {
    const context = answering({ kind: 'done', associations: [line(1), line(2, { result: 'Failed', because: 'There is no document.' })] });
    expect(await run(context)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('1 of 2') });
    expect(context.stdout.text).toContain('There is no document.');
  });

  test('is stopped while it waits', async () => {
    const context = silent();
    const outcome = run(context);
    context.stopping.abort();
    expect(await outcome).toEqual({ kind: 'stopped' });
  });

  test('times out when no answer comes', async () => {
    const context = silent();
    const outcome = run(context);
    context.clock.advance(300);
    expect(await outcome).toEqual({ kind: 'timed-out', afterSeconds: 300, exitCode: null });
    expect(context.stderr.text).toContain('did not answer');
  });

  test('names at most 100', async () => {
    const many = Array.from({ length: 101 }, (_, number) => id(number));
    expect(await run(answering({ kind: 'done', associations: [] }), many)).toMatchObject({ kind: 'failed' });
  });
});
