import { warningsOf } from '../../agent/document/compatibility.ts';
import type { CompatibilityReport, Finding, PlatformFate } from '../../agent/document/compatibility-report.ts';
import { auditWords, controllerWords, dryRunWords } from '../../agent/document/compatibility-words.ts';
import { KeyValue } from '../ui/key-value.tsx';
import { Panel } from '../ui/panel.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import classes from './compatibility.module.css';
import { fateLooks, findingLooks, lookOf } from './compatibility-words.ts';
import { platformText } from './document-words.ts';

interface CompatibilityPanelProps {
  report: CompatibilityReport;
  /** The report is of a source that has changed since. */
  isOld?: boolean;
  /** `notes`: without what is said elsewhere at its line. */
  shows?: 'all' | 'notes';
  /** Leads to the place of a finding; without it the line is only named. */
  onJump?(line: number, column: number): void;
}

/** What a document does here: on which platforms, with which limits, and how much can be said before it runs. */
export function CompatibilityPanel({ report, isOld = false, shows = 'all', onJump }: CompatibilityPanelProps) {
  const { problems, platforms } = report;
  const told = shows === 'all' ? [] : warningsOf(report);
  const findings = report.findings.filter((finding) => !told.includes(finding));
  return (
    <Panel title="Compatibility" padding="flush" aside={<StatusBadge {...lookOf(report)} />}>
      <div className={classes.report} data-old={isOld} aria-busy={isOld}>
        <p className={classes.summary}>{report.summary}</p>
        {problems.length === 0 && platforms.length > 0 && (
          <div className={classes.facts}>
            <KeyValue facts={factsOf(report)} />
          </div>
        )}
        {findings.length > 0 && <Findings findings={findings} onJump={onJump} />}
      </div>
    </Panel>
  );
}

function factsOf(report: CompatibilityReport) {
  const { platforms, dryRun, audit, secretParameters } = report;
  return [
    ...platforms.map(({ platform, fate }) => ({ label: platformText([platform]), value: <FateBadge fate={fate} /> })),
    { label: 'Dry run', value: dryRunWords[dryRun] },
    { label: 'Audit mode', value: auditWords[audit] },
    { label: 'Controller', value: controllerWords(report) },
    ...(secretParameters.length === 0 ? [] : [{ label: 'May be secret', value: <Names names={secretParameters} /> }]),
  ];
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <span className={classes.names}>
      {names.map((name) => (
        <code key={name}>{name}</code>
      ))}
    </span>
  );
}

export const FateBadge = ({ fate }: { fate: PlatformFate }) => <StatusBadge {...fateLooks[fate]} look="plain" />;

function Findings({ findings, onJump }: { findings: readonly Finding[]; onJump: CompatibilityPanelProps['onJump'] }) {
  return (
    <ul className={classes.findings} aria-label="What there is to know of its steps">
      {findings.map((finding) => {
        const { tone, icon: Glyph } = findingLooks[finding.kind];
        const { message, line, column, step } = finding;
        return (
          <li key={`${line} ${column} ${message}`} className={classes.finding} data-tone={tone}>
            <Glyph size={15} aria-hidden />
            <span className={classes.words}>
              <span>{message}</span>
              <span className="hf-faint">
                {[step === null ? '' : `Step ${step}`, line === null || onJump !== undefined ? '' : `line ${line}`]
                  .filter((part) => part !== '')
                  .join(', ')}
                {line !== null && onJump !== undefined && (
                  <>
                    {step === null ? '' : ', '}
                    <button type="button" className={classes.jump} onClick={() => onJump(line, column ?? 1)}>
                      line {line}
                    </button>
                  </>
                )}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
