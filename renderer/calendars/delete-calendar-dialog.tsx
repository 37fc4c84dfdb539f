import type { CalendarDetail } from '../../electron/api/calendars.ts';
import { useAction } from '../client/use-action.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';
import classes from './calendars.module.css';

interface DeleteCalendarDialogProps {
  calendar: CalendarDetail;
  isOpen: boolean;
  onClose(): void;
}

export function DeleteCalendarDialog(props: DeleteCalendarDialogProps) {
  return props.calendar.usedBy.length > 0 ? <InUse {...props} /> : <Delete {...props} />;
}

/** A calendar that is gone counts as closed, so the controller would refuse it; what helps is to know who waits. */
function InUse({ calendar: { name, usedBy }, isOpen, onClose }: DeleteCalendarDialogProps) {
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={`“${name}” is in use`}
      tone="accent"
      confirmLabel="Close"
      cancelLabel="Cancel"
      onCancel={onClose}
      onConfirm={onClose}
    >
      <p>
        {plural(usedBy.length, 'association waits', 'associations wait')} for this calendar. Without it they would never be applied again,
        so it cannot be deleted. Take it off {usedBy.length === 1 ? 'that one' : 'those'} first:
      </p>
      <ul className={classes.names}>
        {usedBy.map(({ associationId, title }) => (
          <li key={associationId}>
            <a href={address.association(associationId)}>{title}</a>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}

function Delete({ calendar: { name, eventCount }, isOpen, onClose }: DeleteCalendarDialogProps) {
  const remove = useAction((client, calendar: string) => client.calendars.delete({ name: calendar }));
  const confirm = async () => {
    const outcome = await remove.run(name);
    if (!outcome.ok) return;
    tellDone(`The calendar “${name}” is deleted.`);
    goTo(address.calendars());
  };
  return (
    <ChangeDialog
      proposal={isOpen ? { kind: 'calendar', name, content: null } : null}
      title={`Delete the calendar “${name}”?`}
      confirmLabel="Delete the calendar"
      tone="bad"
      isPending={remove.isPending}
      fault={remove.fault}
      onConfirm={() => void confirm()}
      onCancel={() => {
        remove.clear();
        onClose();
      }}
    >
      <p>{plural(eventCount, 'event')} and all versions of it go. This cannot be undone; export it first if it may be wanted again.</p>
    </ChangeDialog>
  );
}
