import type { Change, ChangeNotices } from '../../electron/api/changes.ts';

type PatternOf<Kind> = Kind extends { kind: infer Name } ? { kind: Name } & Partial<Omit<Kind, 'kind'>> : never;

/** A kind of change, narrowed by as many ids as matter: `{ kind: 'target', nodeId }` is any execution's target on that node. */
export type ChangePattern = PatternOf<Change>;

function meets(change: Change, pattern: ChangePattern): boolean {
  const facts = new Map<string, unknown>(Object.entries(change));
  return Object.entries(pattern).every(([name, value]) => facts.get(name) === value);
}

/** Whether something that was read with an interest in `patterns` may be out of date after these notices. */
export function concerns(notices: ChangeNotices, patterns: readonly ChangePattern[]): boolean {
  switch (notices.kind) {
    case 'everything':
      return true;
    case 'some':
      return notices.changes.some((change) => patterns.some((pattern) => meets(change, pattern)));
  }
}
