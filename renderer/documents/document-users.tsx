import type { DocumentDetail } from '../../electron/api/documents.ts';
import { address } from '../routes.ts';
import { countText } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import classes from './documents.module.css';

/** The associations that keep this document applied. */
export function DocumentUsers({ usedBy }: Pick<DocumentDetail, 'usedBy'>) {
  return (
    <Panel title="Used by" padding="flush" aside={usedBy.length === 0 ? undefined : countText(usedBy.length)}>
      {usedBy.length === 0 ? (
        <p className={classes.nothing}>No association uses it.</p>
      ) : (
        <PanelRows label="Associations that use this document">
          {usedBy.map(({ associationId, title }) => (
            <PanelRow key={associationId}>
              <a href={address.association(associationId)} className="hf-cut">
                {title}
              </a>
            </PanelRow>
          ))}
        </PanelRows>
      )}
    </Panel>
  );
}
