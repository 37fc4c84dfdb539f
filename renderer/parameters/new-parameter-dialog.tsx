import { Modal } from '@mantine/core';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { tellDone } from '../ui/toast.tsx';
import { ParameterForm } from './parameter-form.tsx';
import { useParameterFields } from './use-parameter-fields.ts';
import { usePut } from './use-put.ts';

/** `path`: the level that is looked at, where the new one probably goes. */
export function NewParameterDialog({ path, onClose }: { path: string | null; onClose(): void }) {
  const first = { name: path === null ? '' : `${path}/`, type: 'String', value: '', description: '', allowedPattern: null };
  const fields = useParameterFields(first);
  const { name } = fields.draft;
  const put = usePut(() => {
    tellDone(`“${name}” is created.`);
    goTo(address.parameter(name));
  });
  return (
    <>
      <Modal opened={put.proposal === null} onClose={onClose} closeOnClickOutside={false} title="New parameter" size={560}>
        <ParameterForm
          fields={fields}
          isNew
          submitLabel="Create"
          isPending={put.isPending}
          fault={put.fault}
          onSubmit={() => put.ask({ draft: fields.draft, expectedVersion: null })}
          onCancel={onClose}
        />
      </Modal>
      <ChangeDialog
        proposal={put.proposal}
        title={`Create “${name}”?`}
        confirmLabel="Create"
        cancelLabel="Back to editing"
        isPending={put.isPending}
        fault={put.fault}
        onConfirm={put.confirm}
        onCancel={put.back}
      >
        <p>Associations refer to this name already.</p>
      </ChangeDialog>
    </>
  );
}
