import { Button, Tabs } from '@mantine/core';
import { IconCheck, IconDownload, IconLoader2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ActivationId } from '../../agent/protocol/ids.ts';
import type { CreatedActivation } from '../../electron/api/nodes.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { Age, At } from '../ui/age.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { plural } from '../ui/moment.ts';
import { saveFile } from '../ui/save-file.ts';
import { tellFault } from '../ui/toast.tsx';
import { newestOf } from './joined.ts';
import classes from './nodes.module.css';

interface ActivationStepsProps {
  created: CreatedActivation;
  onMore(): void;
  onDone(): void;
}

export function ActivationSteps({ created, onMore, onDone }: ActivationStepsProps) {
  const { activation, commands, caFingerprint } = created;
  return (
    <div className={classes.dialogForm}>
      <p className={classes.once}>
        <strong>The code in the command is shown only now.</strong> It is kept nowhere: without it, make a new activation. It is good for{' '}
        {plural(activation.registrationLimit, 'machine')}, until <At at={activation.expiresAt} /> (<Age at={activation.expiresAt} />
        ).
      </p>
      <Step number={1} title="Carry the agent to the machine">
        <p className="hf-soft">One file; it needs Node 24 or newer there. Put it in the folder in which you run the command.</p>
        <AgentDownload />
      </Step>
      <Step number={2} title="Run one line there">
        <Tabs defaultValue="posix">
          <Tabs.List aria-label="Kind of shell">
            <Tabs.Tab value="posix">Linux and macOS</Tabs.Tab>
            <Tabs.Tab value="powershell">Windows (PowerShell)</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="posix" pt={8}>
            <Command text={commands.posix} />
          </Tabs.Panel>
          <Tabs.Panel value="powershell" pt={8}>
            <Command text={commands.powershell} />
          </Tabs.Panel>
        </Tabs>
        <p className="hf-soft">
          The machine trusts only a controller with this fingerprint: <code>{caFingerprint}</code>{' '}
          <CopyButton text={caFingerprint} what="CA fingerprint" />
        </p>
      </Step>
      <Step number={3} title="Wait for it here">
        <Waiting activationId={activation.activationId} limit={activation.registrationLimit} />
      </Step>
      <div className={classes.buttons}>
        <Button onClick={onMore}>Another activation</Button>
        <Button variant="filled" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section className={classes.step}>
      <span className={classes.stepNumber} aria-hidden>
        {number}
      </span>
      <div className={classes.stepBody}>
        <h3 className={classes.stepTitle}>{title}</h3>
        {children}
      </div>
    </section>
  );
}

function Command({ text }: { text: string }) {
  return (
    <div className={classes.command}>
      <pre className={classes.commandText}>{text}</pre>
      <CopyButton text={text} what="command" look="button" />
    </div>
  );
}

function AgentDownload() {
  const program = useAction((client, _: null) => client.site.agentProgram());
  const download = async () => {
    const outcome = await program.run(null);
    if (outcome.ok) saveFile(outcome.answer.fileName, [outcome.answer.text]);
    else tellFault(outcome.fault);
  };
  return (
    <div>
      <Button leftSection={<IconDownload size={14} aria-hidden />} loading={program.isPending} onClick={() => void download()}>
        Download holdfast-agent.mjs
      </Button>
    </div>
  );
}

/** Pushed, not polled: the activation's count says that a machine came, and the newest node with it says which. */
function Waiting({ activationId, limit }: { activationId: ActivationId; limit: number }) {
  const activation = useCall(calls.activations.of(activationId));
  const nodes = useCall(calls.nodes.list({ search: '', pingStatus: null, sort: 'lastPingAt', order: 'descending', offset: 0, limit: 200 }));
  const joined = nodes.status === 'full' ? newestOf(nodes.answer.rows, activationId) : [];
  const used = activation.status === 'full' ? (activation.answer?.registrationsCount ?? joined.length) : joined.length;
  const isComplete = used >= limit;
  return (
    <div aria-live="polite" className={classes.stepBody}>
      {joined.map((node) => (
        <div key={node.nodeId} className={classes.waiting}>
          <IconCheck size={17} aria-hidden color="var(--hf-ok)" />
          <span>
            <a href={address.node(node.nodeId)}>{node.name}</a> {node.isConnected ? 'is connected' : 'is enrolled and not connected now'}
          </span>
        </div>
      ))}
      {!isComplete && (
        <div className={classes.waiting}>
          <IconLoader2 size={17} aria-hidden className={classes.spin} />
          <span>
            Waiting for {used === 0 ? 'the machine' : 'the next machine'}…{' '}
            {limit > 1 && (
              <span className="hf-faint">
                {used} of {limit} came
              </span>
            )}
          </span>
        </div>
      )}
    </div>
  );
}
