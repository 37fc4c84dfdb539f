import type { AssociationDraft } from '../../electron/domain/association.ts';

/** A draft that runs one shell line on every node, once. */
export function anAssociation(settings: Partial<AssociationDraft> & { script?: string | string[] } = {}): AssociationDraft {
  const { script = 'true', ...rest } = settings;
  return {
    associationName: null,
    documentName: 'AWS-RunShellScript',
    documentVersion: '$DEFAULT',
    parameters: { commands: [script].flat() },
    targets: [{ key: 'InstanceIds', values: ['*'] }],
    scheduleExpression: null,
    scheduleOffset: null,
    applyOnlyAtCronInterval: false,
    maxConcurrency: null,
    maxErrors: null,
    complianceSeverity: 'UNSPECIFIED',
    syncCompliance: 'AUTO',
    ...rest,
  };
}
