import type { Icon } from '@tabler/icons-react';
import { IconArrowsJoin2, IconBolt, IconBoltOff, IconCalendarTime, IconDoorExit } from '@tabler/icons-react';
import type { ChangePreview } from '../../electron/domain/change-preview.ts';
import { address } from '../routes.ts';
import { BothClocks } from '../ui/age.tsx';
import { countText } from '../ui/moment.ts';
import classes from './change-view.module.css';
import type { MachineGroup } from './change-words.ts';
import {
  laterGroups,
  laterSentence,
  leavingGroups,
  leavingSentence,
  namesText,
  nowGroups,
  nowSentence,
  overlapGroups,
  overlapSentence,
} from './change-words.ts';

/** Machines named in one group; the rest is a number. */
const NAMED = 8;

/** What a change would do: who runs now, who later, who is left out, and what else these machines have. */
export function ChangeView({ preview, isOld }: { preview: ChangePreview; isOld: boolean }) {
  const { now, later, leaves, overlaps } = preview;
  return (
    <div className={classes.parts} data-old={isOld} aria-busy={isOld} aria-live="polite">
      <Part icon={now.runs === 0 ? IconBoltOff : IconBolt} title={nowSentence(preview)} isMain>
        <Groups groups={nowGroups(preview)} notListed={now.runs - now.rows.length} />
      </Part>
      {later.runs > 0 && (
        <Part icon={IconCalendarTime} title={laterSentence(preview)}>
          <Groups groups={laterGroups(preview)} notListed={later.runs - later.rows.length} />
        </Part>
      )}
      {leaves.nodes > 0 && (
        <Part icon={IconDoorExit} title={leavingSentence(preview)}>
          <Groups groups={leavingGroups(preview)} notListed={leaves.runs - leaves.rows.length} />
        </Part>
      )}
      {overlaps.length > 0 && (
        <Part icon={IconArrowsJoin2} title={overlapSentence(preview)}>
          <Groups groups={overlapGroups(preview)} notListed={0} />
        </Part>
      )}
    </div>
  );
}

interface PartProps {
  icon: Icon;
  title: string;
  isMain?: boolean;
  children: React.ReactNode;
}

function Part({ icon: Glyph, title, isMain = false, children }: PartProps) {
  return (
    <section className={classes.part} data-main={isMain}>
      <Glyph size={isMain ? 20 : 17} stroke={1.7} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <h3 className={classes.title}>{title}</h3>
        {children}
      </div>
    </section>
  );
}

function Groups({ groups, notListed }: { groups: readonly MachineGroup[]; notListed: number }) {
  if (groups.length === 0) return null;
  return (
    <ul className={classes.groups}>
      {groups.map(({ key, associationId, title, words, at, names }) => (
        <li key={key}>
          <span className={classes.association}>
            {associationId === null ? title : <a href={address.association(associationId)}>{title}</a>}
          </span>
          {(words !== '' || at !== null) && (
            <span className={classes.why}>
              {at !== null && <BothClocks at={at} />} {words}
            </span>
          )}
          <span className={classes.names}>{namesText(names, NAMED)}</span>
        </li>
      ))}
      {notListed > 0 && <li className={classes.why}>and {countText(notListed)} more, which are not listed</li>}
    </ul>
  );
}
