import type { ReactNode } from 'react';
import type { Overview } from '../../electron/api/site.ts';
import { address } from '../routes.ts';
import { countText } from '../ui/moment.ts';
import type { Share } from '../ui/share-bar.tsx';
import { ShareBar } from '../ui/share-bar.tsx';
import classes from './overview.module.css';

interface TileProps {
  title: string;
  figure: string;
  of?: string;
  href: string;
  shares: readonly Share[];
  children: ReactNode;
}

function Tile({ title, figure, of, href, shares, children }: TileProps) {
  return (
    <div className={classes.tile}>
      <h2 className={classes.tileTitle}>{title}</h2>
      <p className={classes.figure}>
        <a href={href} className={classes.figureLink}>
          {figure}
        </a>
        {of !== undefined && <span className={classes.of}> {of}</span>}
      </p>
      <ShareBar shares={shares} label={title} size="thin" />
      <p className={classes.tileWords}>{children}</p>
    </div>
  );
}

/** A number that leads to the list behind it. */
function Count({ count, label, href }: { count: number; label: string; href: string }) {
  return (
    <a href={href} className={classes.count}>
      {countText(count)} {label}
    </a>
  );
}

/** The site in four numbers, each a link to its list. */
export function Tiles({ overview: { nodes, associations, compliance, running } }: { overview: Overview }) {
  const away = nodes.total - nodes.online;
  const known = compliance.compliantNodes + compliance.nonCompliantNodes;
  return (
    <div className={classes.tiles}>
      <Tile
        title="Machines connected"
        figure={countText(nodes.online)}
        of={`of ${countText(nodes.total)}`}
        href={address.nodes({ state: 'Online' })}
        shares={[
          { key: 'on', label: 'connected', count: nodes.online, tone: 'ok' },
          { key: 'off', label: 'away', count: away, tone: 'warn' },
        ]}
      >
        {away === 0 ? 'All are here' : <Count count={away} label="away" href={address.nodes({ state: 'ConnectionLost' })} />}
      </Tile>
      <Tile
        title="Compliant machines"
        figure={known === 0 ? '–' : `${Math.floor((100 * compliance.compliantNodes) / known)} %`}
        of={known === 0 ? 'nothing known yet' : `of ${countText(known)} known`}
        href={address.compliance({ group: 'node' })}
        shares={[
          { key: 'ok', label: 'compliant', count: compliance.compliantNodes, tone: 'ok' },
          { key: 'bad', label: 'not compliant', count: compliance.nonCompliantNodes, tone: 'bad' },
          { key: 'unknown', label: 'not known yet', count: compliance.unknownNodes, tone: 'idle' },
        ]}
      >
        <Count
          count={compliance.nonCompliantNodes}
          label="not compliant"
          href={address.compliance({ status: 'NON_COMPLIANT', group: 'node' })}
        />
        {compliance.unknownNodes > 0 && <Count count={compliance.unknownNodes} label="not known yet" href={address.nodes()} />}
      </Tile>
      <Tile
        title="Associations"
        figure={countText(associations.total)}
        href={address.associations()}
        shares={[
          { key: 'ok', label: 'succeeded', count: associations.success, tone: 'ok' },
          { key: 'bad', label: 'failed', count: associations.failed, tone: 'bad' },
          { key: 'pending', label: 'pending', count: associations.pending, tone: 'idle' },
        ]}
      >
        <Count count={associations.failed} label="failed" href={address.associations({ status: 'Failed' })} />
        <Count count={associations.pending} label="pending" href={address.associations({ status: 'Pending' })} />
      </Tile>
      <Tile
        title="Running now"
        figure={countText(running)}
        href={address.executions({ status: 'InProgress' })}
        shares={[{ key: 'run', label: 'running', count: running, tone: 'run', isMoving: true }]}
      >
        {running === 0 ? 'Nothing at this moment' : 'Live'}
      </Tile>
    </div>
  );
}
