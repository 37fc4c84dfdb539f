import { Button, NumberInput } from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SampleLab } from '../../electron/api/site.ts';
import { useAction } from '../client/use-action.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { ShareBar } from '../ui/share-bar.tsx';
import { tellDone } from '../ui/toast.tsx';
import { labSizeProblem, MOST_NODES, startLabel } from './lab-size.ts';
import classes from './settings.module.css';

/** Enough to see targets, pace and compliance at work. */
const SUGGESTED = 3;

interface SampleLabFormProps {
  lab: SampleLab;
  onChanged(): void;
}

/** How many sample nodes there are to be. */
export function SampleLabForm({ lab, onChanged }: SampleLabFormProps) {
  const present = lab.nodes.length;
  // Null while nobody has typed: then the field follows what there is.
  const [typed, setTyped] = useState<string | number | null>(null);
  const start = useAction((client, nodes: number) => client.site.startSampleLab({ nodes }));
  const shown = typed ?? (present === 0 ? SUGGESTED : present);
  const problem = labSizeProblem(shown);
  const wanted = Number(shown);
  const run = async () => {
    if (problem !== null) return;
    setTyped(wanted);
    const outcome = await start.run(wanted);
    onChanged();
    if (outcome.ok) setTyped(null);
    if (outcome.ok) tellDone(`The sample lab has ${plural(outcome.answer.nodes.length, 'node')}.`);
  };
  return (
    <div className={classes.stack}>
      <form
        className={classes.form}
        aria-label="Sample lab"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <NumberInput
          className={classes.count}
          label="Number of nodes"
          min={1}
          max={MOST_NODES}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          value={shown}
          error={problem}
          onChange={setTyped}
          disabled={start.isPending}
        />
        <Button
          type="submit"
          className={classes.besideField}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          disabled={problem !== null || wanted === present}
          loading={start.isPending}
        >
          {startLabel(present, wanted)}
        </Button>
      </form>
      {start.isPending && <Progress done={lab.nodes.filter(({ running }) => running).length} wanted={wanted} />}
      {start.fault !== null && <FaultNotice fault={start.fault} />}
      {present > 0 && !start.isPending && <Remove lab={lab} onRemoved={onChanged} />}
    </div>
  );
}

function Progress({ done, wanted }: { done: number; wanted: number }) {
  const shares = [
    { key: 'running', label: 'running', count: Math.min(done, wanted), tone: 'ok' as const },
    { key: 'joining', label: 'to come', count: Math.max(0, wanted - done), tone: 'idle' as const, isMoving: true },
  ];
  return (
    <div className={classes.progress} role="status">
      <span>{done < wanted ? `${done} of ${plural(wanted, 'node')} running; each joins by itself…` : 'Almost done…'}</span>
      <ShareBar shares={shares} label="Sample nodes" />
    </div>
  );
}

function Remove({ lab, onRemoved }: { lab: SampleLab; onRemoved(): void }) {
  const [isAsked, setAsked] = useState(false);
  const remove = useAction((client) => client.site.removeSampleLab());
  const close = () => {
    remove.clear();
    setAsked(false);
  };
  const confirm = async () => {
    const outcome = await remove.run(undefined);
    onRemoved();
    if (!outcome.ok) return;
    close();
    tellDone('The sample lab is removed.');
  };
  return (
    <>
      <Button className={classes.remove} color="bad" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setAsked(true)}>
        Remove the sample lab…
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title="Remove the sample lab?"
        confirmLabel="Remove the sample lab"
        isPending={remove.isPending}
        onCancel={close}
        onConfirm={() => void confirm()}
      >
        <p>
          {plural(lab.nodes.length, 'sample node')} and {plural(lab.associations, 'sample association')} go, with their history. Your own
          nodes and associations stay. You can start another sample lab at any time.
        </p>
        {remove.fault !== null && <FaultNotice fault={remove.fault} />}
      </ConfirmDialog>
    </>
  );
}
