import type { ExecutionDetail } from '../../electron/api/executions.ts';
import { address } from '../routes.ts';
import { detailText, progressText, sharesOf, triggerText } from '../terms/words.ts';
import { Age, At } from '../ui/age.tsx';
import type { Fact } from '../ui/key-value.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { countText, plural } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { ShareBar } from '../ui/share-bar.tsx';
import classes from './executions.module.css';

function errorsText({ toleratedErrors, targetCount }: ExecutionDetail): string {
  if (toleratedErrors >= targetCount) return 'errors do not stop it';
  return toleratedErrors === 0 ? 'the first error stops it' : `stops at more than ${plural(toleratedErrors, 'error')}`;
}

const paceText = ({ concurrency, targetCount }: ExecutionDetail): string =>
  concurrency >= targetCount ? 'All at the same time' : `${countText(concurrency)} at a time`;

/** What most executions do not have, and what explains those that do. */
function rareFacts({ detailedStatus, cutOffAt, supersededBy, triggeredAlarms, cancelRequestedAt }: ExecutionDetail): Fact[] {
  const why = detailText(detailedStatus);
  const facts: (Fact | null)[] = [
    why === '' ? null : { label: 'Why it ended so', value: why },
    cutOffAt === null ? null : { label: 'Cut off', value: <Moment at={cutOffAt} /> },
    supersededBy === null
      ? null
      : {
          label: 'A newer one took its place',
          value: (
            <a href={address.execution(supersededBy.executionId)}>
              The one of <At at={supersededBy.createdAt} />
            </a>
          ),
        },
    triggeredAlarms.length === 0
      ? null
      : { label: 'Held back by', value: `The alarm ${triggeredAlarms.map(({ name }) => `“${name}”`).join(', ')}, which was raised` },
    cancelRequestedAt === null ? null : { label: 'Cancelled', value: <Moment at={cancelRequestedAt} /> },
  ];
  return facts.filter((fact) => fact !== null);
}

const Moment = ({ at }: { at: Date }) => (
  <span>
    <At at={at} /> (<Age at={at} />)
  </span>
);

/** How far it is, why it runs, and under which limits. */
export function ExecutionSummary({ execution }: { execution: ExecutionDetail }) {
  const { associationId, associationVersion, createdAt, fireAt, trigger, mode } = execution;
  const facts: Fact[] = [
    { label: 'Started', value: <Moment at={createdAt} /> },
    { label: 'Why it ran', value: triggerText(trigger) },
    ...(fireAt === null ? [] : [{ label: 'For the time', value: <Moment at={fireAt} /> }]),
    {
      label: 'Association',
      value: <a href={address.associationVersion(associationId, associationVersion)}>Version {associationVersion}, and what it changed</a>,
    },
    { label: 'Pace', value: `${paceText(execution)}; ${errorsText(execution)}` },
    ...(mode === 'Audit' ? [{ label: 'Mode', value: 'Audit: it looked, and changed nothing' }] : []),
    ...rareFacts(execution),
  ];
  return (
    <Panel title={progressText(execution)}>
      <div className={classes.summary}>
        <ShareBar shares={sharesOf(execution.counts)} label="Targets by status" />
        <div className={classes.summaryFacts}>
          <KeyValue facts={facts} />
        </div>
      </div>
    </Panel>
  );
}
