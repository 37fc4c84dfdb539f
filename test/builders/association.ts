import type { AssociationDraft } from '../../electron/domain/association.ts';
import { UNSET } from '../../electron/domain/association.ts';

/** A draft that runs one shell line on every node, once. */
export function anAssociation(settings: Partial<AssociationDraft> & { script?: string | string[] } = {}): AssociationDraft {
  const { script = 'true', ...rest } = settings;
  return {
    ...UNSET,
    documentName: 'AWS-RunShellScript',
    parameters: { commands: [script].flat() },
    targets: [{ key: 'InstanceIds', values: ['*'] }],
    ...rest,
  };
}
