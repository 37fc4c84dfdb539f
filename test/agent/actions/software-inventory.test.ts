import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { softwareInventory } from '../../../agent/actions/software-inventory.ts';
import { SoftwareInventoryInputs } from '../../../agent/document/software-inventory-inputs.ts';
import { Failure } from '../../../agent/protocol/failures.ts';
import type { SentInventoryItem } from '../../../agent/protocol/inventory.ts';
import { Question } from '../../../agent/protocol/questions.ts';
import type { ControllerDesk } from '../../../agent/steps/action.ts';
import { aScriptContext } from '../steps/script-context.ts';

/** A controller that keeps hashes as the real one does. */
function aDesk() {
  const questions: SentInventoryItem[][] = [];
  const kept = new Map<string, string>();
  const desk: ControllerDesk = {
    ask: async (question) => {
      // As it goes over the wire.
      const asked = Question.parse(JSON.parse(JSON.stringify(question)));
      if (asked.ask !== 'inventory') throw new Error(asked.ask);
      questions.push(asked.items);
      const needed = asked.items.filter(({ typeName, contentHash, content }) => {
        if (content !== undefined) kept.set(typeName, contentHash);
        return kept.get(typeName) !== contentHash;
      });
      // The answer's type follows from the question's, which this one has just asked for.
      const refused = needed
        .filter(({ typeName }) => typeName === 'Custom:Full')
        .map(({ typeName }) => ({ typeName, problem: 'There are 20.' }));
      const names = needed.map(({ typeName }) => typeName);
      return { needed: names.filter((name) => name !== 'Custom:Full'), refused } as never;
    },
    fetchBlob: () => Promise.resolve(false),
    isReachable: () => Promise.resolve(true),
  };
  return { desk, questions };
}

const inputs = (given: object) => SoftwareInventoryInputs.parse(given);

describe('a step that collects inventory', () => {
  test('sends hashes first, then what is asked for, and nothing again that is as it was', async () => {
    const { desk, questions } = aDesk();
    const context = aScriptContext({ controller: desk });
    const wanted = inputs({ networkConfig: 'Enabled', awsComponents: 'enabled', instanceDetailedInformation: 'Enabled' });
    expect(await softwareInventory.run(wanted, context)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(questions.map((items) => items.map(({ typeName, content }) => [typeName, content !== undefined]))).toEqual([
      [
        ['AWS:AWSComponent', false],
        ['AWS:Network', false],
        ['AWS:InstanceDetailedInformation', false],
      ],
      [
        ['AWS:AWSComponent', true],
        ['AWS:Network', true],
        ['AWS:InstanceDetailedInformation', true],
      ],
    ]);
    await softwareInventory.run(wanted, context);
    expect(questions).toHaveLength(3);
    expect(context.stdout.text).toContain('AWS:AWSComponent: 2 entries, unchanged');
  });

  test('collects in Audit mode as well: it changes nothing', async () => {
    const { desk, questions } = aDesk();
    expect(await softwareInventory.check?.(inputs({ awsComponents: 'Enabled' }), aScriptContext({ controller: desk }))).toEqual({
      kind: 'checked',
      drift: [],
    });
    expect(questions).toHaveLength(2);
  });

  test('makes the folder for custom inventory and names it; a hostile file there is left out alone', async () => {
    const { desk, questions } = aDesk();
    const context = aScriptContext({ controller: desk });
    const folder = join(context.stateFolder, 'inventory', 'custom');
    const wanted = inputs({ customInventory: 'Enabled' });
    await softwareInventory.run(wanted, context);
    expect(existsSync(folder)).toBe(true);
    expect(context.stdout.text).toContain(folder);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'rack.json'),
      '{"SchemaVersion":"1.0","TypeName":"Custom:Rack","Content":{"Place":"B2\\n\\u001b[31mred\\u202e"}}',
    );
    writeFileSync(join(folder, 'evil\n.json'), '{"SchemaVersion":"1.0","TypeName":"Custom:../../x","Content":{"a":"b"}}');
    expect(await softwareInventory.run(wanted, context)).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(questions.at(-1)).toMatchObject([{ typeName: 'Custom:Rack', content: [{ Place: 'B2 [31mred' }] }]);
    expect(context.stderr.text).toMatch(/^"evil\\n\.json" is left out: .*\n$/);
  });

  test('succeeds although the controller refuses a type, and says why', async () => {
    const { desk, questions } = aDesk();
    const context = aScriptContext({ controller: desk });
    const folder = join(context.stateFolder, 'inventory', 'custom');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'full.json'), '{"SchemaVersion":"1.0","TypeName":"Custom:Full","Content":{"a":"b"}}');
    expect(await softwareInventory.run(inputs({ awsComponents: 'Enabled', customInventory: 'Enabled' }), context)).toMatchObject({
      exitCode: 0,
    });
    expect(questions.at(-1)?.map(({ typeName }) => typeName)).toEqual(['AWS:AWSComponent']);
    expect(context.stdout.text).toContain('Custom:Full: 1 entry, refused');
    expect(context.stderr.text).toBe('Custom:Full was refused: There are 20.\n');
  });

  test('succeeds although a type cannot be collected, and leaves that one as it is known', async () => {
    const { desk, questions } = aDesk();
    const context = aScriptContext({ controller: desk, environment: { PATH: '/nowhere' } });
    const outcome = await softwareInventory.run(
      inputs({ applications: 'Enabled', services: 'Enabled', awsComponents: 'Enabled' }),
      context,
    );
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(questions[0]?.map(({ typeName }) => typeName)).not.toContain('AWS:Service');
    expect(questions[0]?.map(({ typeName }) => typeName)).toContain('AWS:AWSComponent');
    expect(context.stderr.text).not.toBe('');
  });

  test('fails where it cannot be sent, because a document is run by hand or the controller refuses', async () => {
    await expect(softwareInventory.run(inputs({ awsComponents: 'Enabled' }), aScriptContext())).rejects.toThrow(/run by hand/);
    const refusing: ControllerDesk = {
      ask: () => Promise.reject(new Failure('E-CONTROLLER-REFUSED', { title: 'No.', remedy: '' })),
      fetchBlob: () => Promise.resolve(false),
      isReachable: () => Promise.resolve(true),
    };
    await expect(softwareInventory.run(inputs({ awsComponents: 'Enabled' }), aScriptContext({ controller: refusing }))).rejects.toThrow(
      'No.',
    );
  });

  test('is stopped while it waits for the controller', async () => {
    const silent: ControllerDesk = {
      ask: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true })),
      fetchBlob: () => Promise.resolve(false),
      isReachable: () => Promise.resolve(true),
    };
    const context = aScriptContext({ controller: silent });
    const outcome = softwareInventory.run(inputs({ awsComponents: 'Enabled' }), context);
    context.stopping.abort();
    expect(await outcome).toEqual({ kind: 'stopped' });
  });
});

describe('what a document says to collect', () => {
  test('is files as AWS writes them, in a text of JSON', () => {
    expect(inputs({ files: '[{"Path":"/etc","Pattern":["*.conf"],"Recursive":true,"DirScanLimit":10}]' }).files).toEqual([
      { Path: '/etc', Pattern: ['*.conf'], Recursive: true, DirScanLimit: 10 },
    ]);
    expect(inputs({ files: '' }).files).toEqual([]);
    expect(inputs({ files: 'Disabled' }).files).toEqual([]);
  });

  test.each([
    { files: 'Enabled' },
    { files: '[{"Path":"/etc"}]' },
    { files: '[{"Path":"/etc","Pattern":["*"],"DirScanLimit":5001}]' },
    { windowsRegistry: '[{"Path":"C:\\\\Windows"}]' },
    { applications: 'yes' },
    { applicatons: 'Enabled' },
  ])('is refused as %j', (given) => {
    expect(SoftwareInventoryInputs.safeParse(given).success).toBe(false);
  });
});
