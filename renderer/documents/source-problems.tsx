import type { Icon } from '@tabler/icons-react';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { warningsOf } from '../../agent/document/compatibility.ts';
import type { SourceRemark } from '../../agent/document/located-problem.ts';
import classes from './editor.module.css';
import type { SourceCheck } from './use-source-check.ts';

interface SourceProblemsProps {
  check: SourceCheck;
  onJump(line: number, column: number): void;
}

/** Each problem, and each warning, leads to its place in the source. */
export function SourceProblems({ check: { report, isCurrent }, onJump }: SourceProblemsProps) {
  if (report === null) return null;
  return (
    <>
      <Remarks label="Problems in the source" tone="bad" remarks={report.problems} isOld={!isCurrent} onJump={onJump} />
      <Remarks label="Warnings about the source" tone="warn" remarks={warningsOf(report)} isOld={!isCurrent} onJump={onJump} />
    </>
  );
}

interface RemarksProps {
  label: string;
  tone: 'bad' | 'warn';
  remarks: readonly SourceRemark[];
  isOld: boolean;
  onJump(line: number, column: number): void;
}

const icons: Record<RemarksProps['tone'], Icon> = { bad: IconAlertCircle, warn: IconAlertTriangle };

function Remarks({ label, tone, remarks, isOld, onJump }: RemarksProps) {
  if (remarks.length === 0) return null;
  const Glyph = icons[tone];
  return (
    <ul className={classes.problems} aria-label={label} data-old={isOld} data-tone={tone}>
      {remarks.map(({ message, line, column }) => (
        <li key={`${line} ${column} ${message}`}>
          {line === null ? (
            <span className={classes.problem}>
              <Glyph size={15} aria-hidden />
              <span>{message}</span>
            </span>
          ) : (
            <button type="button" className={classes.problem} onClick={() => onJump(line, column ?? 1)}>
              <Glyph size={15} aria-hidden />
              <span className={classes.place}>
                Line {line}
                {column !== null && `, column ${column}`}
              </span>
              <span>{message}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
