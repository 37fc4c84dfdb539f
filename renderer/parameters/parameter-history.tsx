import { Button } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import type { ParameterDetail, ParameterVersionRow } from '../../electron/api/parameters.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { Age } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { countText } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { Mark } from '../ui/status-badge.tsx';
import { Hidden } from './hidden.tsx';
import classes from './parameters.module.css';
import { useReveal } from './use-reveal.ts';
import { ValueDiff } from './value-diff-view.tsx';

interface ParameterHistoryProps {
  parameter: ParameterDetail;
  /** A person wants an older value again. */
  onRestore(version: ParameterVersionRow): void;
}

/** Every version that is kept, newest first, each with what it changed. */
export function ParameterHistory({ parameter, onRestore }: ParameterHistoryProps) {
  const history = useCall(calls.parameters.history(parameter.name));
  const versions = history.status === 'full' ? history.answer : [];
  return (
    <Panel
      title="History"
      padding={versions.length > 0 ? 'flush' : 'normal'}
      aside={versions.length === 0 ? undefined : countText(versions.length)}
    >
      {history.status === 'loading' && <SkeletonLines lines={3} />}
      {history.status === 'fault' && <FaultNotice fault={history.fault} />}
      {versions.length > 0 && (
        <PanelRows label="Versions, newest first">
          {versions.map((version, position) => (
            <PanelRow key={version.version}>
              <Version parameter={parameter} version={version} before={versions[position + 1] ?? null} onRestore={onRestore} />
            </PanelRow>
          ))}
        </PanelRows>
      )}
    </Panel>
  );
}

interface VersionProps extends ParameterHistoryProps {
  version: ParameterVersionRow;
  before: ParameterVersionRow | null;
}

function Version({ parameter, version, before, onRestore }: VersionProps) {
  const isNewest = version.version === parameter.version;
  return (
    <div className={classes.version}>
      <div className={classes.versionHead}>
        <span className={classes.versionName}>
          Version {version.version}
          {isNewest && <Mark tone="ok">Newest</Mark>}
        </span>
        <span className={classes.aside}>
          <Age at={version.lastModifiedAt} className="hf-faint" />
          {!isNewest && version.value !== null && (
            <Button size="compact-xs" aria-label={`Put again… (version ${version.version})`} onClick={() => onRestore(version)}>
              Put again…
            </Button>
          )}
        </span>
      </div>
      <Change type={parameter.type} version={version} before={before} />
      {version.value === null && !isNewest && <OldSecret name={parameter.name} version={version.version} />}
    </div>
  );
}

function Change({ type, version, before }: { type: string; version: ParameterVersionRow; before: ParameterVersionRow | null }) {
  const notes = [
    before !== null && before.description !== version.description ? 'another description' : '',
    before !== null && before.allowedPattern !== version.allowedPattern ? 'another allowed pattern' : '',
  ].filter((note) => note !== '');
  return (
    <>
      {version.value !== null && (
        <ValueDiff type={type} before={before?.value ?? null} after={version.value} label={`What version ${version.version} changed`} />
      )}
      {notes.length > 0 && <p className="hf-faint">It has {notes.join(' and ')}.</p>}
    </>
  );
}

function OldSecret({ name, version }: { name: string; version: number }) {
  const reveal = useReveal(name, version);
  return (
    <div className={classes.aside}>
      <code>{reveal.shown ?? <Hidden />}</code>
      <Button
        size="compact-xs"
        leftSection={reveal.shown === null ? <IconEye size={13} aria-hidden /> : <IconEyeOff size={13} aria-hidden />}
        aria-label={`${reveal.shown === null ? 'Reveal' : 'Hide'} version ${version}`}
        loading={reveal.isPending}
        onClick={reveal.shown === null ? reveal.show : reveal.hide}
      >
        {reveal.shown === null ? 'Reveal' : 'Hide'}
      </Button>
    </div>
  );
}
