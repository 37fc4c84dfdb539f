import { IconAlertTriangle, IconServer2 } from '@tabler/icons-react';
import { address } from '../routes.ts';
import { SampleMark } from '../terms/status.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './groups.module.css';
import type { GroupEditor } from './use-group-editor.ts';

const NAMED = 24;

/** Who would be in the group, while it is being written. */
export function GroupPreviewPanel({ editor: { preview, isOld, previewFault } }: { editor: GroupEditor }) {
  return (
    <Panel title="Who is in it" aside={isOld ? 'Working it out…' : 'Live'}>
      {previewFault !== null && <FaultNotice fault={previewFault} />}
      {preview === null ? (
        <SkeletonLines lines={5} />
      ) : (
        <div className={classes.parts} data-old={isOld} aria-live="polite" aria-busy={isOld}>
          <Members matching={preview.matching} />
          {preview.targetProblem !== null && (
            <section className={classes.part}>
              <IconAlertTriangle size={17} stroke={1.7} aria-hidden className={classes.warnIcon} />
              <p>{preview.targetProblem} It can be saved, and every run that targets it fails.</p>
            </section>
          )}
        </div>
      )}
    </Panel>
  );
}

type Matching = NonNullable<GroupEditor['preview']>['matching'];

function Members({ matching: { total, online, nodes } }: { matching: Matching }) {
  const named = nodes.slice(0, NAMED);
  const more = total - named.length;
  return (
    <section className={classes.part}>
      <IconServer2 size={17} stroke={1.7} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <h3 className={classes.partTitle}>{total === 0 ? 'No machine now' : `${plural(total, 'machine')}, ${online} connected`}</h3>
        {total === 0 && <p className={classes.sub}>A machine is in the group as soon as it has these tags.</p>}
        {named.length > 0 && (
          <ul className={classes.names} aria-label="Members">
            {named.map(({ nodeId, name, online: isOnline, isSample }) => (
              <li key={nodeId} className={classes.name}>
                <a href={address.node(nodeId)}>{name}</a>
                {!isOnline && <span className="hf-faint">(away)</span>}
                {isSample && <SampleMark />}
              </li>
            ))}
            {more > 0 && <li className={classes.name}>and {more} more</li>}
          </ul>
        )}
      </div>
    </section>
  );
}
