import { VisuallyHidden } from '@mantine/core';
import classes from './parameters.module.css';
import type { DiffLine } from './value-diff.ts';
import { valueDiff } from './value-diff.ts';

interface ValueDiffProps {
  type: string;
  /** Null: there was none. */
  before: string | null;
  after: string;
  label: string;
}

const signs: Record<DiffLine['kind'], string> = { same: ' ', gone: '−', new: '+', fold: '⋮' };
const words: Record<DiffLine['kind'], string> = { same: '', gone: 'before: ', new: 'after: ', fold: '' };

/** Line by line, or item by item: what went, what came, and what stayed. */
export function ValueDiff({ type, before, after, label }: ValueDiffProps) {
  if (before === after) return <p className="hf-faint">The value is the same.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <ul className={classes.diff} aria-label={label} tabIndex={0}>
      {valueDiff(before, after, type).map(({ kind, text }, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else, and do not move
        <li key={position} className={classes.line} data-kind={kind}>
          <span className={classes.sign} aria-hidden>
            {signs[kind]}
          </span>
          {words[kind] !== '' && <VisuallyHidden>{words[kind]}</VisuallyHidden>}
          {text}
        </li>
      ))}
    </ul>
  );
}
