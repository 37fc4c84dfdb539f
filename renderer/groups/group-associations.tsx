import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { Age } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './groups.module.css';

/** What is kept applied to its members. */
export function GroupAssociations({ name }: { name: string }) {
  const associations = useCall(calls.groups.associations(name));
  return (
    <Panel title="Associations that target it" padding="flush">
      {associations.status === 'loading' && <SkeletonLines lines={3} />}
      {associations.status === 'fault' && <FaultNotice fault={associations.fault} />}
      {associations.status === 'full' && (
        <PanelRows label="Associations that target it">
          {associations.answer.map(({ associationId, title, documentName, nextRunAt }) => (
            <PanelRow key={associationId}>
              <div className={classes.association}>
                <a className={classes.associationTitle} href={address.association(associationId)}>
                  {title}
                </a>
                <p className={classes.sub}>
                  {documentName}
                  {nextRunAt !== null && (
                    <>
                      {' '}
                      · next <Age at={nextRunAt} />
                    </>
                  )}
                </p>
              </div>
            </PanelRow>
          ))}
          {associations.answer.length === 0 && <PanelRow>None: a group by itself runs nothing.</PanelRow>}
        </PanelRows>
      )}
    </Panel>
  );
}
