import type { FleetFacts } from '../../electron/api/inventory.ts';
import { address } from '../routes.ts';
import { countText, plural } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import classes from './inventory.module.css';

/** Which versions there are, the oldest first, and on how many machines: those that are looked for are marked. */
export function VersionList({ facts: { versions, versionTotal } }: { facts: FleetFacts }) {
  const isOneName = new Set(versions.map(({ name }) => name)).size === 1;
  return (
    <Panel title="Versions" padding="flush" className={classes.versions} aside={plural(versionTotal, 'version')}>
      <PanelRows label="Versions">
        {versions.map(({ name, version, nodes, isSought }) => (
          <PanelRow key={`${name} ${version}`}>
            <span className={classes.version} data-sought={isSought}>
              {!isOneName && <span className={classes.versionName}>{name}</span>}
              <a className="hf-mono" href={address.inventory({ name, comparator: 'equals', version })}>
                {version === '' ? 'no version' : version}
              </a>
            </span>
            <span className={classes.versionCount}>{countText(nodes)}</span>
          </PanelRow>
        ))}
        {versionTotal > versions.length && <PanelRow>and {countText(versionTotal - versions.length)} more</PanelRow>}
      </PanelRows>
    </Panel>
  );
}
