import { Button } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react';
import type { Overview } from '../../electron/api/site.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { Panel } from '../ui/panel.tsx';
import { firstSteps } from './first-steps-state.ts';
import classes from './overview.module.css';

const actions: Record<string, { label: string; href: string }> = {
  machine: { label: 'Add a machine', href: address.addMachine() },
  association: { label: 'New association', href: address.newAssociation() },
};

/** The way to the first result; gone once it has been walked. */
export function FirstSteps({ overview }: { overview: Overview }) {
  const executions = useCall(calls.executions.list({ status: 'Success', associationId: null, nodeId: null, offset: 0, limit: 1 }));
  if (executions.status !== 'full' || executions.answer.total > 0) return null;
  const steps = firstSteps(overview);
  const next = steps.find((step) => !step.isDone);
  if (next === undefined) return null;
  return (
    <Panel title="First steps" aside={`${steps.filter((step) => step.isDone).length} of ${steps.length} done`}>
      <ol className={classes.steps}>
        {steps.map((step) => {
          const action = step === next ? actions[step.key] : undefined;
          return (
            <li key={step.key} className={classes.step} data-done={step.isDone}>
              {step.isDone ? (
                <IconCircleCheckFilled size={19} role="img" aria-label="Done" className={classes.done} />
              ) : (
                <IconCircleDashed size={19} role="img" aria-label="To do" className={classes.todo} />
              )}
              <div className={classes.attentionWords}>
                <span className={classes.stepTitle}>{step.title}</span>
                <span className={classes.attentionReason}>{step.words}</span>
              </div>
              {action !== undefined && <Button onClick={() => goTo(action.href)}>{action.label}</Button>}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
