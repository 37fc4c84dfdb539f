import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { LogText, rowsWith, splitAtMatches } from './log-text.ts';
import { LogToolbar } from './log-toolbar.tsx';
import classes from './log-view.module.css';

interface LogViewProps {
  label: string;
  /** Only ever longer than before; a new log is a new component (give it a `key`). */
  pieces: readonly string[];
  fileName: string;
  /** More may come: the end is followed. */
  isLive: boolean;
  /** What is shown while there is nothing. */
  empty: string;
  /** Above the text: what was dropped. */
  notice?: ReactNode;
}

const LINE_HEIGHT = 18;
const NEAR_END = 24;

/** Output as text and nothing else: it follows its end while that is in view, can be searched, and is never in the page as a whole. */
export function LogView({ label, pieces, fileName, isLive, empty, notice }: LogViewProps) {
  const [log] = useState(() => new LogText());
  log.take(pieces);
  const count = log.rows.length;
  const lastText = log.rows.at(-1)?.text ?? '';

  const [isWrapped, setWrapped] = useState(true);
  const [isFollowing, setFollowing] = useState(isLive);
  const [query, setQuery] = useState('');
  const [hit, setHit] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are one growing array, so its length says that it changed
  const hits = useMemo(() => rowsWith(log.rows, query), [log, query, count, lastText]);

  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => LINE_HEIGHT, overscan: 20 });

  useEffect(() => {
    if (isFollowing && count > 0) virtual.scrollToIndex(count - 1, { align: 'end' });
  }, [isFollowing, count, virtual]);

  const goToHit = (position: number) => {
    const row = hits[position];
    if (row === undefined) return;
    setHit(position);
    setFollowing(false);
    virtual.scrollToIndex(row, { align: 'center' });
  };

  const noteScroll = () => {
    const element = scroller.current;
    if (element !== null) setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END);
  };

  return (
    <div className={classes.log}>
      <LogToolbar
        label={label}
        fileName={fileName}
        pieces={pieces}
        wrap={{ isOn: isWrapped, toggle: () => setWrapped(!isWrapped) }}
        search={{
          query,
          hit,
          hits: hits.length,
          onQuery: (next) => {
            setQuery(next);
            setHit(0);
          },
          onHit: goToHit,
        }}
        follow={!isLive || isFollowing || count === 0 ? null : () => setFollowing(true)}
      />
      {notice}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroller} ref={scroller} aria-label={label} tabIndex={0} onScroll={noteScroll} data-wrap={isWrapped}>
        {count === 0 && <p className={classes.empty}>{empty}</p>}
        <div className={classes.canvas} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = log.rows[item.index];
            if (row === undefined) return null;
            return (
              <div
                key={item.key}
                data-index={item.index}
                ref={virtual.measureElement}
                className={classes.row}
                data-hit={hits[hit] === item.index && query !== ''}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <span className={classes.number} data-line={row.line ?? ''} aria-hidden />
                <span className={classes.text}>
                  <Marked text={row.text} query={query} />
                </span>
              </div>
            );
          })}
        </div>
      </section>
    </div>
  );
}

function Marked({ text, query }: { text: string; query: string }) {
  if (query === '') return text;
  let at = 0;
  return splitAtMatches(text, query).map((part, index) => {
    at += part.length;
    return index % 2 === 1 ? <mark key={at}>{part}</mark> : part;
  });
}
