import { nextRuns } from '../../agent/schedule/schedule.ts';
import type { AssociationRow } from '../../electron/api/associations.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { changedSettings, draftOf, UNSET } from '../../electron/domain/association.ts';
import { savedSchedule } from '../../electron/domain/association-check.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { ExecutionLine } from '../terms/execution-line.tsx';
import { NextRuns } from '../terms/next-runs.tsx';
import { Severity } from '../terms/status.tsx';
import { TagList } from '../terms/tag-list.tsx';
import { At } from '../ui/age.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import type { Fact } from '../ui/key-value.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { countText, plural } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './associations.module.css';
import { ParameterValues } from './parameter-values.tsx';
import { errorsSentence, paceSentence } from './preview-words.ts';
import { settingLabels, settingText } from './setting-words.ts';

const LATEST = 5;
const RUNS_SHOWN = 5;

export function AssociationSummary({ association }: { association: AssociationRow }) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <Panel title="How it stands">
          <KeyValue facts={standing(association)} />
        </Panel>
        <Schedule association={association} />
        <Latest association={association} />
      </div>
      <div className={classes.column}>
        <Panel title="Settings">
          <KeyValue facts={settings(association)} />
        </Panel>
        <Parameters association={association} />
      </div>
    </div>
  );
}

function standing({ associationId, compliance, matchingNodes, lastExecutionAt, lastSuccessfulExecutionAt }: AssociationRow): Fact[] {
  return [
    {
      label: 'Compliance',
      value: (
        <>
          <a href={address.compliance({ association: associationId, status: 'COMPLIANT' })}>{countText(compliance.compliant)} compliant</a>
          <a href={address.compliance({ association: associationId, status: 'NON_COMPLIANT' })}>
            {countText(compliance.nonCompliant)} not compliant
          </a>
        </>
      ),
    },
    { label: 'Machines', value: <a href={address.association(associationId, 'targets')}>{plural(matchingNodes, 'machine')} match now</a> },
    { label: 'Last run', value: lastExecutionAt === null ? 'Never' : <At at={lastExecutionAt} /> },
    { label: 'Last success', value: lastSuccessfulExecutionAt === null ? 'Never' : <At at={lastSuccessfulExecutionAt} /> },
  ];
}

/** Those that most associations do without are shown where they are set. */
const RARE = ['calendarNames', 'alarmConfiguration', 'duration', 'outputLocation'] as const;

const given = (draft: AssociationDraft): Fact[] =>
  changedSettings({ ...draft, ...UNSET }, draft)
    .filter((key) => RARE.some((rare) => rare === key))
    .map((key) => ({ label: settingLabels[key], value: settingText(draft, key) }));

function settings(association: AssociationRow): Fact[] {
  const { associationId, associationVersion, documentName, documentVersion, complianceSeverity, createdAt, lastUpdatedAt, tags } =
    association;
  const draft = draftOf(association);
  return [
    {
      label: 'Document',
      value: (
        <>
          <a href={address.document(documentName)}>{documentName}</a>
          <span className="hf-faint">{documentVersion}</span>
        </>
      ),
    },
    { label: 'Mode', value: settingText(draft, 'mode') },
    { label: 'Targets', value: association.targetText },
    { label: 'Machines at a time', value: settingText(draft, 'maxConcurrency') },
    { label: 'Errors tolerated', value: settingText(draft, 'maxErrors') },
    { label: 'Severity', value: <Severity severity={complianceSeverity} /> },
    { label: 'Compliance from', value: settingText(draft, 'syncCompliance') },
    ...given(draft),
    ...(tags.length === 0 ? [] : [{ label: 'Tags', value: <TagList tags={tags} layout="wrap" /> }]),
    { label: 'Version', value: <a href={address.association(associationId, 'versions')}>{associationVersion}</a> },
    { label: 'Created', value: <At at={createdAt} /> },
    { label: 'Changed', value: <At at={lastUpdatedAt} /> },
    {
      label: 'Association id',
      value: (
        <>
          <code>{associationId}</code>
          <CopyButton text={associationId} what="association id" />
        </>
      ),
    },
  ];
}

function Schedule({ association }: { association: AssociationRow }) {
  const preview = useCall(calls.associations.preview({ associationId: association.associationId, draft: draftOf(association) }));
  const answer = preview.status === 'full' ? preview.answer : null;
  const { scheduleExpression, nextRunAt, scheduleAnchor } = association;
  const schedule = savedSchedule(association, scheduleAnchor);
  const later = schedule === null || nextRunAt === null ? [] : nextRuns(schedule, nextRunAt, RUNS_SHOWN - 1);
  const facts: Fact[] = [
    { label: 'Schedule', value: association.scheduleText },
    ...(scheduleExpression === null ? [] : [{ label: 'Expression', value: <code>{scheduleExpression}</code> }]),
    ...(scheduleExpression === null ? [] : [{ label: 'Time zone', value: association.timeZone }]),
    {
      label: 'Next runs',
      value: nextRunAt === null ? 'None on a schedule' : <NextRuns runs={[nextRunAt, ...later]} schedule={schedule} />,
    },
    { label: 'First run', value: settingText(draftOf(association), 'applyOnlyAtCronInterval') },
    ...(answer === null || answer.matching.total === 0
      ? []
      : [{ label: 'Pace', value: `${paceSentence(answer)}. ${errorsSentence(answer)}` }]),
  ];
  return (
    <Panel title="Schedule">
      <KeyValue facts={facts} />
    </Panel>
  );
}

function Latest({ association }: { association: AssociationRow }) {
  const { associationId, title } = association;
  const executions = useCall(calls.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: LATEST }));
  return (
    <Panel title="Latest executions" padding="flush" aside={<a href={address.association(associationId, 'executions')}>All</a>}>
      {executions.status === 'loading' && <SkeletonLines lines={3} />}
      {executions.status === 'fault' && <FaultNotice fault={executions.fault} />}
      {executions.status === 'full' && (
        <PanelRows label="Latest executions">
          {executions.answer.rows.map((execution) => (
            <PanelRow key={execution.executionId}>
              <ExecutionLine execution={execution} title={title} />
            </PanelRow>
          ))}
          {executions.answer.total === 0 && <PanelRow>It has not run yet.</PanelRow>}
        </PanelRows>
      )}
    </Panel>
  );
}

function Parameters({ association: { parameters } }: { association: AssociationRow }) {
  return (
    <Panel title="Parameters">
      <ParameterValues parameters={parameters} />
    </Panel>
  );
}
