import { IconAlertCircle } from '@tabler/icons-react';
import classes from './editor.module.css';
import type { SourceCheck } from './use-source-check.ts';

interface SourceProblemsProps {
  check: SourceCheck;
  onJump(line: number, column: number): void;
}

/** Each problem leads to its place in the source. */
export function SourceProblems({ check: { problems, isCurrent }, onJump }: SourceProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label="Problems in the source" data-old={!isCurrent}>
      {problems.map(({ code, message, line, column }) => (
        <li key={`${code} ${line} ${column} ${message}`}>
          {line === null ? (
            <span className={classes.problem}>
              <IconAlertCircle size={15} aria-hidden />
              <span>{message}</span>
            </span>
          ) : (
            <button type="button" className={classes.problem} onClick={() => onJump(line, column ?? 1)}>
              <IconAlertCircle size={15} aria-hidden />
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
