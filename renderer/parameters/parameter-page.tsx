import { Button } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ParameterDetail } from '../../electron/api/parameters.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { UsersPanel } from '../terms/users-panel.tsx';
import { goTo } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Mark } from '../ui/status-badge.tsx';
import { DeleteParameterDialog } from './delete-parameter-dialog.tsx';
import { NewValueDialog } from './new-value-dialog.tsx';
import { ParameterFacts } from './parameter-facts.tsx';
import { ParameterHistory } from './parameter-history.tsx';
import { ParameterValue } from './parameter-value.tsx';
import { versionsText } from './parameter-words.ts';
import classes from './parameters.module.css';

const back = { label: 'Parameters', href: address.parameters() };

export function ParameterPage({ name }: { name: string }) {
  const parameter = useCall(calls.parameters.get(name));
  if (parameter.status === 'fault') return <NotThere title={name} back={back} fault={parameter.fault} />;
  if (parameter.status === 'loading') return <PageLoading title={name} back={back} />;
  return (
    <Page>
      <Shown parameter={parameter.answer}>{parameter.fault !== null && <FaultNotice fault={parameter.fault} />}</Shown>
    </Page>
  );
}

function Shown({ parameter, children }: { parameter: ParameterDetail; children: React.ReactNode }) {
  const { name, type, description, users } = parameter;
  /** What the dialog begins with; null while it is closed. */
  const [putting, setPutting] = useState<{ startWith?: string } | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <PageHeader
        title={name}
        parent={back}
        marks={<Mark tone={type === 'SecureString' ? 'brass' : 'idle'}>{type}</Mark>}
        actions={
          <>
            <Button variant="filled" leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setPutting({})}>
              Put a new value
            </Button>
            <Button color="bad" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDeleting(true)}>
              Delete…
            </Button>
          </>
        }
      >
        {description}
      </PageHeader>
      {children}
      <div className={classes.columns}>
        <div className={classes.column}>
          <ParameterValue parameter={parameter} />
          <ParameterHistory parameter={parameter} onRestore={({ value }) => setPutting(value === null ? {} : { startWith: value })} />
        </div>
        <div className={classes.column}>
          <ParameterFacts parameter={parameter} />
          <UsersPanel
            title="Used by"
            label="Associations that read this parameter"
            users={users}
            nothing="No association reads it."
            howOf={({ versions }) => `reads ${versionsText(versions)}`}
          />
        </div>
      </div>
      {putting !== null && <NewValueDialog parameter={parameter} {...putting} onClose={() => setPutting(null)} />}
      <DeleteParameterDialog
        isOpen={isDeleting}
        name={name}
        onClose={() => setDeleting(false)}
        onDeleted={() => goTo(address.parameters())}
      />
    </>
  );
}
