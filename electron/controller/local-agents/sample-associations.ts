import type { AssociationDraft } from '../../domain/association.ts';
import { UNSET } from '../../domain/association.ts';
import type { Context } from '../operations/context.ts';
import { saveAssociation } from '../operations/save-association.ts';

const BASE: AssociationDraft = {
  ...UNSET,
  documentName: 'Holdfast-RunShellScript',
  targets: [{ key: 'tag:lab', values: ['sample'] }],
};

/** What the sample lab shows: a check, a managed file and a script, all harmless. */
const SAMPLES: readonly AssociationDraft[] = [
  {
    ...BASE,
    associationName: 'Sample-Disk-Space',
    documentName: 'Holdfast-CheckDiskSpace',
    parameters: { path: ['/'], thresholdPercent: ['95'] },
    scheduleExpression: 'rate(30 minutes)',
    complianceSeverity: 'HIGH',
  },
  {
    ...BASE,
    associationName: 'Sample-Welcome-File',
    documentName: 'Holdfast-ManagedFile',
    parameters: { path: ['/tmp/holdfast-sample-lab/welcome.txt'], content: ['This machine is kept by Holdfast.'] },
    scheduleExpression: 'cron(0 2 ? * * *)',
    maxConcurrency: '1',
    complianceSeverity: 'MEDIUM',
  },
  {
    ...BASE,
    associationName: 'Sample-System-Report',
    parameters: { commands: ['echo "Node $AWS_SSM_INSTANCE_ID on $AWS_SSM_PLATFORM_NAME"', 'uptime || true', 'df -h / || true'] },
  },
];

/** The starter associations of the sample lab, made once; what a person changed in them stays. */
export function keepSampleAssociations(context: Context): void {
  if (context.stores.associations.sampleIds().length > 0) return;
  for (const draft of SAMPLES) saveAssociation(context, { edit: null, draft, isSample: true });
}
