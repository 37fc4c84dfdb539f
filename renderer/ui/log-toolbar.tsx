import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBarToDown, IconChevronDown, IconChevronUp, IconDownload, IconSearch, IconTextWrap } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import classes from './log-view.module.css';
import { saveFile } from './save-file.ts';

interface LogToolbarProps {
  label: string;
  fileName: string;
  pieces: readonly string[];
  wrap: { isOn: boolean; toggle(): void };
  search: { query: string; hit: number; hits: number; onQuery(query: string): void; onHit(hit: number): void };
  /** Null while the end is followed. */
  follow: (() => void) | null;
}

export function LogToolbar({ label, fileName, pieces, wrap, search, follow }: LogToolbarProps) {
  const { query, hit, hits, onQuery, onHit } = search;
  const step = (by: number) => {
    if (hits > 0) onHit((hit + by + hits) % hits);
  };
  const stepByEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
  };
  return (
    <div className={classes.tools} role="toolbar" aria-label={`${label}: tools`}>
      <TextInput
        className={classes.search}
        aria-label={`Search in ${label}`}
        placeholder="Search"
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={stepByEnter}
        leftSection={<IconSearch size={13} aria-hidden />}
      />
      {query !== '' && (
        <>
          <span className={classes.hits} aria-live="polite">
            {hits === 0 ? 'No match' : `${hit + 1} of ${hits}`}
          </span>
          <ActionIcon aria-label="Previous match" disabled={hits === 0} onClick={() => step(-1)}>
            <IconChevronUp size={15} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label="Next match" disabled={hits === 0} onClick={() => step(1)}>
            <IconChevronDown size={15} aria-hidden />
          </ActionIcon>
        </>
      )}
      <span className={classes.gap} />
      {follow !== null && (
        <Button size="compact-xs" variant="light" leftSection={<IconArrowBarToDown size={13} aria-hidden />} onClick={follow}>
          Follow the end
        </Button>
      )}
      <Tooltip label={wrap.isOn ? 'Long lines are wrapped' : 'Long lines run on'}>
        <ActionIcon aria-label="Wrap long lines" aria-pressed={wrap.isOn} variant={wrap.isOn ? 'light' : 'subtle'} onClick={wrap.toggle}>
          <IconTextWrap size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Download as a text file">
        <ActionIcon aria-label={`Download ${label}`} disabled={pieces.length === 0} onClick={() => saveFile(fileName, pieces)}>
          <IconDownload size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
