import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputDestination } from '../../electron/domain/output-destination.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { tellDone } from '../ui/toast.tsx';
import { OutputStoreForm } from './output-store-form.tsx';
import classes from './settings.module.css';

type Store = { destination: OutputDestination; associations: number };

/** Where output is copied to: the names that associations choose from. */
export function OutputStoresPanel() {
  const stores = useCall(calls.outputs.destinations());
  const [edited, setEdited] = useState<OutputDestination | 'new' | null>(null);
  return (
    <Panel title="Output stores">
      <div className={classes.stack}>
        <p className="hf-soft">
          An association that names one of these has the output of its runs copied there, in the layout that AWS uses. All output is kept on
          this computer as well.
        </p>
        {stores.status === 'loading' && <SkeletonLines lines={2} />}
        {stores.status === 'fault' && <FaultNotice fault={stores.fault} />}
        {stores.status === 'full' && stores.answer.length === 0 && <p className={classes.none}>No output store has been added yet.</p>}
        {stores.status === 'full' && stores.answer.length > 0 && (
          <ul className={classes.nodes} aria-label="Output stores">
            {stores.answer.map((store) => (
              <li key={store.destination.name} className={classes.alarm}>
                <StoreLine store={store} onEdit={() => setEdited(store.destination)} />
              </li>
            ))}
          </ul>
        )}
        {edited === null ? (
          <Button className={classes.remove} onClick={() => setEdited('new')}>
            Add a store…
          </Button>
        ) : (
          <OutputStoreForm
            key={edited === 'new' ? '' : edited.name}
            known={edited === 'new' ? null : edited}
            onDone={() => setEdited(null)}
          />
        )}
      </div>
    </Panel>
  );
}

const placeText = (destination: OutputDestination): string =>
  destination.kind === 'S3' ? `S3 at ${destination.endpoint}` : `Folder ${destination.folder}`;

function StoreLine({ store: { destination, associations }, onEdit }: { store: Store; onEdit(): void }) {
  const { name } = destination;
  const [isDeleting, setDeleting] = useState(false);
  const remove = useAction((client, chosen: string) => client.outputs.deleteDestination({ name: chosen }));
  const confirmDelete = async () => {
    const outcome = await remove.run(name);
    if (outcome.ok) tellDone(`The output store “${name}” is removed. What was copied there stays.`);
  };
  return (
    <>
      <span className={classes.lines}>
        <strong className="hf-cut">{name}</strong>
        <span className="hf-soft">{placeText(destination)}</span>
        <span className="hf-faint">{associations === 1 ? '1 association' : `${associations} associations`}</span>
      </span>
      <span className={classes.alarmButtons}>
        <Button size="compact-sm" aria-label={`Edit the store ${name}`} onClick={onEdit}>
          Edit…
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="bad"
          aria-label={`Remove the store ${name}`}
          leftSection={<IconTrash size={13} aria-hidden />}
          onClick={() => setDeleting(true)}
        >
          Remove…
        </Button>
      </span>
      <ConfirmDialog
        isOpen={isDeleting}
        title={`Remove the output store “${name}”?`}
        confirmLabel="Remove the store"
        isPending={remove.isPending}
        onCancel={() => setDeleting(false)}
        onConfirm={() => void confirmDelete()}
      >
        <p>Nothing more is copied there. What is there already stays where it is.</p>
        {remove.fault !== null && <FaultNotice fault={remove.fault} />}
      </ConfirmDialog>
    </>
  );
}
