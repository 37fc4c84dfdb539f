import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import { runFolder, safePart, stepFolder } from '../../../electron/domain/output-copy.ts';
import { prefixProblem } from '../../../electron/domain/output-destination.ts';

const run = {
  nodeId: NodeId.parse('mi-0123456789abcdef0'),
  associationId: AssociationId.parse('0192a1b2-0000-7000-8000-00000000000a'),
  createdAt: new Date('2026-03-01T02:04:05.678Z'),
};

describe('the keys of copied output', () => {
  test('have node, association, time of the run, plugin and step, as AWS has them', () => {
    expect(runFolder(run, { prefix: 'lab/checks/', kind: 'S3' })).toBe(
      'lab/checks/mi-0123456789abcdef0/0192a1b2-0000-7000-8000-00000000000a/2026-03-01T02-04-05.678Z',
    );
    const steps = [{ name: 'check', action: 'aws:runShellScript' }];
    expect(stepFolder({ schemaVersion: '2.2', steps }, 0)).toBe('awsrunShellScript/check');
    expect(stepFolder({ schemaVersion: '1.2', steps }, 0)).toBe('0.awsrunShellScript/check');
  });

  test('are never the same for two steps, also where a file system takes no notice of case', () => {
    const steps = ['a b', 'a_b', 'A_B', 'c'].map((name) => ({ name, action: 'aws:runShellScript' }));
    const folders = steps.map((_, index) => stepFolder({ schemaVersion: '2.2', steps }, index).toLowerCase());
    expect(new Set(folders).size).toBe(steps.length);
    expect(folders[3]).toBe('awsrunshellscript/c');
  });

  test('keep a prefix for a bucket as it is, and make folders of it for a folder', () => {
    expect(runFolder(run, { prefix: '/env=prod/a b', kind: 'S3' })).toMatch(/^env=prod\/a b\/mi-/);
    expect(runFolder(run, { prefix: '/env=prod/NUL/a b', kind: 'folder' })).toMatch(/^env_prod\/_NUL\/a_b\/mi-/);
  });
});

describe('a name that becomes part of a path', () => {
  test.each(['', '.', '..', '../../etc', 'a/b', 'a\\b', 'C:', 'con', 'NUL.txt', 'com1', 'x\0y', '\u202egnp', 'end.', ' ', '~', '-rf'])(
    '%j is a plain name afterwards',
    (name) => {
      const part = safePart(name);
      expect(part).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/);
      expect(part).not.toMatch(/^(con|nul|com\d)(\.|$)/i);
      expect(part).not.toMatch(/\.$/);
    },
  );

  test('is one for any text, and one that is plain already stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const part = safePart(name);
        expect(part).toMatch(/^[A-Za-z0-9._-]{1,101}$/);
        expect(part).not.toMatch(/^\.|\.$/);
        expect(safePart(part)).toBe(part.length > 100 ? part.slice(0, 100) : part);
      }),
    );
  });

  test('a prefix that climbs, or has what is no text, is refused', () => {
    expect(prefixProblem('lab/checks')).toBeNull();
    for (const prefix of ['../x', 'a/../b', 'a\\b', 'a/./b', 'a\u0000b']) expect(prefixProblem(prefix)).not.toBeNull();
  });
});
