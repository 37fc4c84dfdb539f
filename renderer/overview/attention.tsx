import type { Icon } from '@tabler/icons-react';
import { IconCertificate, IconCircleCheck, IconClockExclamation, IconPlugConnectedX, IconShieldX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AttentionItem } from '../../electron/api/site.ts';
import { address } from '../routes.ts';
import { typeText } from '../terms/compliance-words.ts';
import { Severity } from '../terms/status.tsx';
import { Age } from '../ui/age.tsx';
import { durationText, plural } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import type { Tone } from '../ui/tone.ts';
import classes from './overview.module.css';

/** Shown at once; the rest is behind a word. */
const SHOWN = 8;

interface Line {
  key: string;
  icon: Icon;
  tone: Tone;
  href: string;
  title: string;
  reason: ReactNode;
  since: Date | null;
  mark?: ReactNode;
}

function lineOf(item: AttentionItem): Line {
  switch (item.kind) {
    case 'non-compliant':
      return {
        key: item.associationId,
        icon: IconShieldX,
        tone: 'bad',
        href: address.compliance({ association: item.associationId, status: 'NON_COMPLIANT' }),
        title: item.title,
        reason: `${plural(item.nodes, 'machine')} not compliant`,
        since: item.since,
        mark: <Severity severity={item.severity} />,
      };
    case 'non-compliant-type':
      return {
        key: `type ${item.complianceType}`,
        icon: IconShieldX,
        tone: 'bad',
        href: address.compliance({ type: item.complianceType, status: 'NON_COMPLIANT' }),
        title: typeText(item.complianceType),
        reason: `${plural(item.nodes, 'machine')} not compliant`,
        since: item.since,
        mark: <Severity severity={item.severity} />,
      };
    case 'connection-lost':
      return {
        key: `lost ${item.nodeId}`,
        icon: IconPlugConnectedX,
        tone: 'warn',
        href: address.node(item.nodeId),
        title: item.name,
        reason: 'Not connected: it may be switched off or cut off from here',
        since: item.since,
      };
    case 'clock-off':
      return {
        key: `clock ${item.nodeId}`,
        icon: IconClockExclamation,
        tone: 'warn',
        href: address.node(item.nodeId),
        title: item.name,
        reason: `Its clock is ${durationText(Math.abs(item.offsetSeconds) * 1000)} ${item.offsetSeconds > 0 ? 'ahead' : 'behind'}`,
        since: null,
      };
    case 'certificate-expiring':
      return {
        key: `certificate ${item.nodeId}`,
        icon: IconCertificate,
        tone: 'warn',
        href: address.node(item.nodeId),
        title: item.name,
        reason: (
          <>
            Its certificate expires <Age at={item.expiresAt} />
          </>
        ),
        since: null,
      };
  }
}

/** What wants a person, most severe first: what, why, since when, and a way there. */
export function Attention({ items }: { items: readonly AttentionItem[] }) {
  const lines = items.slice(0, SHOWN).map(lineOf);
  return (
    <Panel title="Needs attention" padding="flush" aside={items.length > SHOWN ? `${SHOWN} of ${items.length}` : undefined}>
      {lines.length === 0 ? (
        <p className={classes.calm}>
          <IconCircleCheck size={18} aria-hidden /> Nothing waits for you.
        </p>
      ) : (
        <PanelRows label="Needs attention">
          {lines.map(({ key, icon: Glyph, tone, href, title, reason, since, mark }) => (
            <PanelRow key={key}>
              <Glyph size={18} stroke={1.8} aria-hidden className={classes.attentionIcon} data-tone={tone} />
              <div className={classes.attentionWords}>
                <span className={classes.attentionTitle}>
                  <a href={href}>{title}</a> {mark}
                </span>
                <span className={classes.attentionReason}>{reason}</span>
              </div>
              {since !== null && <Age at={since} className={classes.since} />}
            </PanelRow>
          ))}
        </PanelRows>
      )}
    </Panel>
  );
}
