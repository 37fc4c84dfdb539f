import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { ParameterRow } from '../../electron/api/parameters.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { tellDone } from '../ui/toast.tsx';
import { ParameterForm } from './parameter-form.tsx';
import classes from './parameters.module.css';
import { useParameterFields } from './use-parameter-fields.ts';
import { usePut } from './use-put.ts';
import { ValueDiff } from './value-diff-view.tsx';

interface NewValueDialogProps {
  parameter: ParameterRow;
  /** What is offered first: the value as it is, unless another is to be put back. Of a secret, nothing. */
  startWith?: string;
  onClose(): void;
}

/** The next version of a parameter. It is put over the version that was looked at, and over no other. */
export function NewValueDialog({ parameter, startWith, onClose }: NewValueDialogProps) {
  const [{ name, type, version, description, allowedPattern, value }] = useState(parameter);
  const fields = useParameterFields({ name, type, value: startWith ?? value ?? '', description, allowedPattern });
  const put = usePut((next) => {
    tellDone(`Version ${next} of “${name}” is put.`);
    onClose();
  });
  return (
    <>
      <Modal opened={put.proposal === null} onClose={onClose} closeOnClickOutside={false} title={`New value for ${name}`} size={560}>
        <ParameterForm
          fields={fields}
          isNew={false}
          submitLabel={parameter.usedBy === 0 ? 'Put the value' : 'Review and put'}
          isPending={put.isPending}
          fault={put.fault}
          onSubmit={() => put.ask({ draft: fields.draft, expectedVersion: version })}
          onCancel={onClose}
        />
      </Modal>
      <ChangeDialog
        proposal={put.proposal}
        title={`Put a new value of “${name}”?`}
        confirmLabel="Put the value"
        cancelLabel="Back to editing"
        isPending={put.isPending}
        fault={put.fault}
        onConfirm={put.confirm}
        onCancel={put.back}
      >
        {value === null ? (
          <p>The new value is not shown here.</p>
        ) : (
          <div className={classes.stack}>
            <p className="hf-soft">What is different:</p>
            <ValueDiff type={type} before={value} after={fields.draft.value} label="What is different" />
          </div>
        )}
      </ChangeDialog>
    </>
  );
}
