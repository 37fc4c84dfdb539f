import { Button } from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { AssociationRow } from '../../electron/api/associations.ts';
import { MOST_STARTED, runNow } from '../review/run-now.ts';
import { plural } from '../ui/moment.ts';
import classes from './associations.module.css';
import { DeleteDialog } from './delete-dialog.tsx';

/** What can be done with several at once. */
export function SelectionBar({ selected, onDone }: { selected: readonly AssociationRow[]; onDone(): void }) {
  const [isDeleting, setDeleting] = useState(false);
  const isTooMany = selected.length > MOST_STARTED;
  return (
    <div className={classes.selection} role="toolbar" aria-label="Selected associations">
      <strong>{plural(selected.length, 'association')} selected</strong>
      <Button
        size="compact-sm"
        disabled={isTooMany}
        leftSection={<IconPlayerPlay size={13} aria-hidden />}
        onClick={() => runNow(selected, onDone)}
      >
        Run now…
      </Button>
      {isTooMany && <span className="hf-soft">At most {MOST_STARTED} can be started at once.</span>}
      <Button size="compact-sm" color="bad" leftSection={<IconTrash size={13} aria-hidden />} onClick={() => setDeleting(true)}>
        Delete…
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onDone}>
        Clear selection
      </Button>
      <DeleteDialog
        isOpen={isDeleting}
        chosen={selected}
        onClose={() => setDeleting(false)}
        onDeleted={() => {
          setDeleting(false);
          onDone();
        }}
      />
    </div>
  );
}
