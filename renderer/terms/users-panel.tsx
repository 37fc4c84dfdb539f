import { address } from '../routes.ts';
import { countText } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import classes from './users-panel.module.css';

interface User {
  associationId: string;
  title: string;
}

interface UsersPanelProps<Using extends User> {
  title: string;
  /** What the list is of. */
  label: string;
  users: readonly Using[];
  /** What is said where there are none. */
  nothing: string;
  /** How each of them uses it, where that differs. */
  howOf?(user: Using): string;
}

/** The associations that use something: a document, a calendar, a parameter. */
export function UsersPanel<Using extends User>({ title, label, users, nothing, howOf }: UsersPanelProps<Using>) {
  return (
    <Panel title={title} padding="flush" aside={users.length === 0 ? undefined : countText(users.length)}>
      {users.length === 0 ? (
        <p className={classes.nothing}>{nothing}</p>
      ) : (
        <PanelRows label={label}>
          {users.map((user) => (
            <PanelRow key={user.associationId}>
              <span className={classes.user}>
                <a href={address.association(user.associationId)} className="hf-cut">
                  {user.title}
                </a>
                {howOf !== undefined && <span className={classes.sub}>{howOf(user)}</span>}
              </span>
            </PanelRow>
          ))}
        </PanelRows>
      )}
    </Panel>
  );
}
