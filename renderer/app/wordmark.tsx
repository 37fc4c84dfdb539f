import classes from './wordmark.module.css';

/** The mark is the page's icon, drawn here so that it needs no request. */
export function Wordmark({ tone }: { tone: 'nav' | 'plain' }) {
  return (
    <span className={classes.wordmark} data-tone={tone}>
      <svg viewBox="0 0 32 32" width={24} height={24} aria-hidden className={classes.mark} focusable="false">
        <rect width="32" height="32" rx="7" />
        <g>
          <path d="M16 5.5v12.500M16 18c-1 4-4.200 5.600-8 6.500M16 18c1 4 4.200 5.600 8 6.500M16 18v8" />
          <circle cx="16" cy="9" r="3.400" />
        </g>
      </svg>
      <span className={classes.name}>Holdfast</span>
    </span>
  );
}
