import type { Icon } from '@tabler/icons-react';
import { IconBolt, IconCalendarTime, IconCircleCheck, IconGauge, IconServer2, IconTool } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AssociationPreview } from '../../electron/api/associations.ts';
import { savedSchedule } from '../../electron/domain/association-check.ts';
import { address } from '../routes.ts';
import { NextRuns } from '../terms/next-runs.tsx';
import { SampleMark } from '../terms/status.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { draftOfEditor } from './editor-state.ts';
import classes from './preview.module.css';
import { errorsSentence, paceSentence, runsOnSaveSentence } from './preview-words.ts';
import type { Editor } from './use-editor.ts';

const NAMED = 12;

/** What saving would do, while it is being written. */
export function PreviewPanel({ editor, isNew }: { editor: Editor; isNew: boolean }) {
  const { preview, previewFault } = editor;
  return (
    <Panel title="What this will do" aside={preview?.isOld === true ? 'Working it out…' : 'Live'} className={classes.panel}>
      {previewFault !== null && <FaultNotice fault={previewFault} />}
      {preview === null ? (
        <SkeletonLines lines={6} />
      ) : (
        <div className={classes.parts} data-old={preview.isOld} aria-live="polite" aria-busy={preview.isOld}>
          <Machines preview={preview.answer} />
          <OnSave preview={preview.answer} isNew={isNew} />
          <Times editor={editor} preview={preview.answer} />
          <Pace preview={preview.answer} />
          <Problems problems={editor.problems} />
        </div>
      )}
    </Panel>
  );
}

function Part({ icon: Glyph, title, children }: { icon: Icon; title: ReactNode; children?: ReactNode }) {
  return (
    <section className={classes.part}>
      <Glyph size={17} stroke={1.7} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <h3 className={classes.title}>{title}</h3>
        {children}
      </div>
    </section>
  );
}

function Machines({ preview: { matching, targetText } }: { preview: AssociationPreview }) {
  const named = matching.nodes.slice(0, NAMED);
  const more = matching.total - named.length;
  return (
    <Part
      icon={IconServer2}
      title={
        matching.total === 0
          ? 'No machine matches now'
          : `${plural(matching.total, 'machine')} ${matching.total === 1 ? 'matches' : 'match'}, ${matching.online} connected`
      }
    >
      <p className={classes.sub}>{targetText === '' ? 'Not known before what is listed below is right.' : targetText}</p>
      {named.length > 0 && (
        <ul className={classes.names} aria-label="Matching machines">
          {named.map(({ nodeId, name, online, isSample }) => (
            <li key={nodeId} className={classes.name} data-online={online}>
              <a href={address.node(nodeId)} title={online ? 'Connected' : 'Not connected'}>
                {name}
              </a>
              {!online && <span className="hf-faint">(away)</span>}
              {isSample && <SampleMark />}
            </li>
          ))}
          {more > 0 && <li className={classes.name}>and {more} more</li>}
        </ul>
      )}
    </Part>
  );
}

function OnSave({ preview, isNew }: { preview: AssociationPreview; isNew: boolean }) {
  return <Part icon={IconBolt} title={runsOnSaveSentence(preview, isNew)} />;
}

function Times({ editor, preview: { scheduleText, nextRuns } }: { editor: Editor; preview: AssociationPreview }) {
  const schedule = savedSchedule(draftOfEditor(editor.state), new Date());
  return (
    <Part icon={IconCalendarTime} title={scheduleText === '' ? 'The schedule cannot be read yet' : scheduleText}>
      {nextRuns.length > 0 && <NextRuns runs={nextRuns} schedule={schedule} />}
    </Part>
  );
}

function Pace({ preview }: { preview: AssociationPreview }) {
  if (preview.matching.total === 0) return null;
  return (
    <Part icon={IconGauge} title={paceSentence(preview)}>
      <p className={classes.sub}>{errorsSentence(preview)}</p>
    </Part>
  );
}

function Problems({ problems }: { problems: Editor['problems'] }) {
  if (problems.length === 0) return <Part icon={IconCircleCheck} title="It can be saved" />;
  return (
    <Part icon={IconTool} title={`${plural(problems.length, 'thing')} to fill in or put right`}>
      <ul className={classes.problems}>
        {problems.map(({ field, message }) => (
          <li key={`${field} ${message}`}>{message}</li>
        ))}
      </ul>
    </Part>
  );
}
