import { useMantineColorScheme } from '@mantine/core';
import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCallWhen, useLastAnswer } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { tellDone, tellFault } from '../ui/toast.tsx';
import classes from './command-palette.module.css';
import type { Found } from './palette-actions.ts';
import { paletteActions, searchIn } from './palette-actions.ts';
import { openShortcutList } from './window-state.ts';

const SHOWN = 6;

/** Go anywhere and do the common things without leaving the keyboard. */
export function CommandPalette() {
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const found = useFound(isOpen ? searchIn(query) : null);
  const { setColorScheme } = useMantineColorScheme();
  const start = useAction((client, associationId: Found['associations'][number]['associationId']) =>
    client.associations.startOnce({ associationIds: [associationId] }),
  );

  const runNow = async ({ associationId, title }: Found['associations'][number]) => {
    const outcome = await start.run(associationId);
    if (!outcome.ok) tellFault(outcome.fault);
    else {
      const executionId = outcome.answer[0]?.executionId ?? null;
      tellDone(executionId === null ? `“${title}” matches no node now, so nothing runs.` : `“${title}” is running.`);
      if (executionId !== null) goTo(address.execution(executionId));
    }
  };

  const actions: SpotlightActionGroupData[] = paletteActions(query, found, {
    goTo,
    runNow: (association) => void runNow(association),
    theme: setColorScheme,
    showShortcuts: openShortcutList,
  });

  return (
    <Spotlight
      actions={actions}
      filter={(_, all) => all}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpen(true)}
      onSpotlightClose={() => setOpen(false)}
      shortcut={null}
      nothingFound="Nothing has this in its name."
      highlightQuery
      lockScroll={false}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={16} aria-hidden />,
        placeholder: 'Search machines, associations, documents, commands',
        'aria-label': 'Search and commands',
      }}
      classNames={{ content: classes.content, search: classes.search, action: classes.action, actionsGroup: classes.group }}
    />
  );
}

function useFound(search: string | null): Found {
  const page = { offset: 0, limit: SHOWN, search: search ?? '' };
  const isAsking = search !== null && search.length > 0;
  const nodes = useLastAnswer(
    useCallWhen(isAsking ? calls.nodes.list({ ...page, pingStatus: null, sort: 'name', order: 'ascending' }) : null),
  );
  const associations = useLastAnswer(
    useCallWhen(isAsking ? calls.associations.list({ ...page, status: null, sort: 'title', order: 'ascending' }) : null),
  );
  const documents = useCallWhen(isAsking ? calls.documents.list() : null);
  const wanted = (search ?? '').toLowerCase();
  return {
    nodes: isAsking ? (nodes?.answer.rows ?? []) : [],
    associations: isAsking ? (associations?.answer.rows ?? []) : [],
    documents:
      isAsking && documents.status === 'full'
        ? documents.answer.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, SHOWN)
        : [],
  };
}
