import { IconServer2 } from '@tabler/icons-react';
import type { SampleLab } from '../../electron/api/site.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { pingLooks } from '../terms/looks.ts';
import { SampleMark, Status } from '../terms/status.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { SampleLabForm } from './sample-lab-form.tsx';
import classes from './settings.module.css';

export function SampleLabPanel() {
  const lab = useCall(calls.site.sampleLab());
  return (
    <Panel title="Sample lab" aside={<SampleMark />}>
      <div className={classes.stack}>
        <p>
          Real agents on this computer, each a process of its own, to try Holdfast with: tagged <code>lab=sample</code>, with three starter
          associations. They are marked wherever they show, and are removed with one click.
        </p>
        {lab.status === 'loading' && <SkeletonLines lines={3} />}
        {lab.status !== 'loading' && lab.fault !== null && <FaultNotice fault={lab.fault} />}
        {lab.status === 'full' && (
          <>
            <SampleNodes lab={lab.answer} />
            <SampleLabForm lab={lab.answer} onChanged={lab.again} />
          </>
        )}
      </div>
    </Panel>
  );
}

function SampleNodes({ lab: { nodes, associations } }: { lab: SampleLab }) {
  if (nodes.length === 0) {
    return (
      <p className={classes.none}>
        <IconServer2 size={16} aria-hidden />
        There are no sample nodes now.
      </p>
    );
  }
  return (
    <div className={classes.lab}>
      <p>
        <strong>{plural(nodes.length, 'sample node')}</strong>, {nodes.filter(({ running }) => running).length} of them running, and{' '}
        {plural(associations, 'sample association')}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <ul className={classes.nodes} aria-label="Sample nodes" tabIndex={0}>
        {nodes.map(({ nodeId, name, running }) => (
          <li key={name} className={classes.node}>
            {nodeId === null ? <span>{name}</span> : <a href={address.node(nodeId)}>{name}</a>}
            {nodeId === null ? (
              <span className="hf-faint">Joining…</span>
            ) : (
              <Status
                look={running ? { ...pingLooks.Online, label: 'Running' } : { ...pingLooks.ConnectionLost, label: 'Not running' }}
                style="plain"
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
