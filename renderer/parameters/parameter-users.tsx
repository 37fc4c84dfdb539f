import type { ParameterDetail } from '../../electron/api/parameters.ts';
import { address } from '../routes.ts';
import { countText } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { versionsText } from './parameter-words.ts';
import classes from './parameters.module.css';

/** Associations that read it when they run, by their own parameters or by the document that they follow. */
export function ParameterUsers({ users }: Pick<ParameterDetail, 'users'>) {
  return (
    <Panel title="Used by" padding="flush" aside={users.length === 0 ? undefined : countText(users.length)}>
      {users.length === 0 ? (
        <p className={classes.nothing}>No association reads it.</p>
      ) : (
        <PanelRows label="Associations that read this parameter">
          {users.map(({ associationId, title, versions }) => (
            <PanelRow key={associationId}>
              <span className={classes.user}>
                <a href={address.association(associationId)} className="hf-cut">
                  {title}
                </a>
                <span className={classes.userSub}>reads {versionsText(versions)}</span>
              </span>
            </PanelRow>
          ))}
        </PanelRows>
      )}
    </Panel>
  );
}
