import type { ParameterReference } from '../../agent/document/parameter-references.ts';

type Referring = { references: readonly ParameterReference[] };

/**
 * Those for which putting `version` of the parameter changes what they read. A reference to an older version reads what it always
 * did: no version ever changes.
 */
export const associationsReferringTo = <Use extends Referring>(uses: Iterable<Use>, put: { name: string; version: number }): Use[] =>
  [...uses].filter(({ references }) =>
    references.some(({ name, version }) => name === put.name && (version === null || version === put.version)),
  );

/** Those that refer to one version by its number. */
export const pinnedTo = <Use extends Referring>(uses: Iterable<Use>, pinned: { name: string; version: number }): Use[] =>
  [...uses].filter(({ references }) => references.some(({ name, version }) => name === pinned.name && version === pinned.version));
