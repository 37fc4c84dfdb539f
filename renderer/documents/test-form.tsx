import { Button, SegmentedControl, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useId, useState } from 'react';
import { auditWords } from '../../agent/document/compatibility-words.ts';
import { NodeId } from '../../agent/protocol/ids.ts';
import { ApplyMode } from '../../agent/protocol/run-order.ts';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import { calls } from '../client/calls.ts';
import type { Client } from '../client/line.ts';
import { useAction } from '../client/use-action.ts';
import { useCall, useCallWhen, useLastAnswer } from '../client/use-call.ts';
import { ParameterField } from '../parameter-form/parameter-field.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import classes from './test.module.css';
import { type BegunTest, parameterProblem, TEST_TAGS, type TestSettings, testDraft } from './test-draft.ts';

const SETTLE_MS = 220;
const SHOWN = 200;

interface TestFormProps {
  detail: DocumentDetail;
  onBegun(test: BegunTest): void;
  onCancel(): void;
}

/** On which machine, with which parameters, and whether it is run or only checked. */
export function TestForm({ detail, onBegun, onCancel }: TestFormProps) {
  const [settings, setSettings] = useState<TestSettings>({ nodeId: null, parameters: {}, mode: 'Enforce' });
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [settled] = useDebouncedValue(settings, SETTLE_MS);
  const preview = useLastAnswer(useCall(calls.associations.preview({ associationId: null, draft: testDraft(detail, settled) })));
  const begin = useAction((client, given: TestSettings) => beginTest(client, detail, given));
  const problems = preview?.answer.problems ?? [];
  const isReady = settings.nodeId !== null && preview !== null && !preview.isOld && settled === settings && problems.length === 0;
  const change = (part: Partial<TestSettings>) => setSettings((before) => ({ ...before, ...part }));
  const setParameter = (name: string, texts: readonly string[] | null) => {
    const rest = Object.fromEntries(Object.entries(settings.parameters).filter(([key]) => key !== name));
    change({ parameters: texts === null ? rest : { ...rest, [name]: texts } });
  };
  const run = async () => {
    const outcome = await begin.run(settings);
    if (outcome.ok) onBegun(outcome.answer);
    else setTouched(new Set(detail.parameters.map(({ name }) => name)));
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void run();
      }}
    >
      <p>
        Version {detail.version.documentVersion} runs once, as an association that is made for it and goes again when you are done, unless
        you keep it.
      </p>
      <NodeField nodeId={settings.nodeId} onChange={(nodeId) => change({ nodeId })} />
      {detail.parameters.map((row) => (
        <ParameterField
          key={row.name}
          parameter={row}
          texts={settings.parameters[row.name] ?? null}
          problem={touched.has(row.name) ? parameterProblem(problems, row.name) : undefined}
          onChange={(texts) => setParameter(row.name, texts)}
          onLeave={() => setTouched((before) => new Set([...before, row.name]))}
        />
      ))}
      <ModeField detail={detail} mode={settings.mode} onChange={(mode) => change({ mode })} />
      <Rendered detail={detail} settings={settled} />
      {begin.fault !== null && <FaultNotice fault={begin.fault} />}
      <div className={classes.buttons}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={!isReady} loading={begin.isPending}>
          {settings.mode === 'Audit' ? 'Check it there' : 'Run it there'}
        </Button>
      </div>
    </form>
  );
}

/** Saved, it runs at once: its one execution is the test. */
async function beginTest(client: Client, detail: DocumentDetail, settings: TestSettings): Promise<BegunTest> {
  const { associationId } = await client.associations.save({ edit: null, draft: testDraft(detail, settings), tags: TEST_TAGS });
  const { rows } = await client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 });
  const [execution] = rows;
  if (execution === undefined) throw new Error('The test was saved and did not begin.');
  return { associationId, executionId: execution.executionId, nodeId: NodeId.parse(settings.nodeId) };
}

function NodeField({ nodeId, onChange }: { nodeId: string | null; onChange(nodeId: string | null): void }) {
  const list = useLastAnswer(
    useCall(
      calls.nodes.list({ search: '', pingStatus: null, connectedOnly: true, sort: 'name', order: 'ascending', offset: 0, limit: SHOWN }),
    ),
  );
  const connected = list?.answer.rows ?? [];
  return (
    <Select
      label="Machine"
      withAsterisk
      searchable
      placeholder={list === null ? 'Loading…' : 'Choose a connected machine'}
      nothingFoundMessage="No connected machine has this in its name."
      data={connected.map((row) => ({ value: row.nodeId, label: `${row.name} (${row.nodeId})` }))}
      value={nodeId}
      onChange={onChange}
    />
  );
}

function ModeField({ detail, mode, onChange }: { detail: DocumentDetail; mode: ApplyMode; onChange(mode: ApplyMode): void }) {
  const id = useId();
  const { audit } = detail.report;
  return (
    <div className={classes.mode}>
      <span id={id} className={classes.label}>
        What it does there
      </span>
      <SegmentedControl
        aria-labelledby={id}
        data={[
          { value: 'Enforce', label: 'Run' },
          { value: 'Audit', label: 'Only check', disabled: audit === 'none' },
        ]}
        value={mode}
        onChange={(value) => onChange(ApplyMode.catch('Enforce').parse(value))}
      />
      <span className="hf-faint">{auditWords[audit]}</span>
    </div>
  );
}

/** The steps as they would run, with the parameters in their places. */
function Rendered({ detail: { identifier, version }, settings }: { detail: DocumentDetail; settings: TestSettings }) {
  const [isOpen, setOpen] = useState(false);
  const parameters = Object.fromEntries(Object.entries(settings.parameters).map(([name, texts]) => [name, [...texts]]));
  const call = isOpen ? calls.documents.render({ name: identifier.name, documentVersion: version.documentVersion, parameters }) : null;
  const rendered = useLastAnswer(useCallWhen(call));
  return (
    <details className={classes.rendered} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Its steps with these parameters</summary>
      {rendered?.answer.problems.map((problem) => (
        <p key={problem} className="hf-faint">
          {problem}
        </p>
      ))}
      {rendered?.answer.steps.map((step) => (
        <section key={step.name} aria-label={`Step ${step.name} with its parameters`}>
          <strong>{step.name}</strong> <code className="hf-soft">{step.action}</code>
          <pre className={classes.text}>{step.text}</pre>
        </section>
      ))}
    </details>
  );
}
