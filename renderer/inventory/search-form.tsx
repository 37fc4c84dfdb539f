import { Autocomplete, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { FleetSearch } from '../../electron/api/inventory.ts';
import { calls } from '../client/calls.ts';
import { useCallWhen, useLastAnswer } from '../client/use-call.ts';
import type { InventoryQuery } from '../routes.ts';
import { Toolbar } from '../ui/toolbar.tsx';
import { useSettled } from '../ui/use-settled.ts';
import classes from './inventory.module.css';

interface SearchFormProps {
  search: FleetSearch;
  refine(change: InventoryQuery): void;
}

const matches = [
  { value: 'equals', label: 'the application' },
  { value: 'contains', label: 'any that contains' },
];

const comparators = [
  { value: 'any', label: 'in any version' },
  { value: 'older', label: 'older than' },
  { value: 'newer', label: 'newer than' },
  { value: 'equals', label: 'in version' },
];

/** The question as a sentence: who has what, in which version. */
export function SearchForm({ search, refine }: SearchFormProps) {
  const [name, typeName] = useSettled(search.name, (next) => refine({ name: next }));
  const [version, typeVersion] = useSettled(search.version, (next) => refine({ version: next }));
  return (
    <div className={classes.form}>
      <Toolbar>
        <span className={classes.word}>Who has</span>
        <Select
          aria-label="How the name is compared"
          data={matches}
          value={search.match}
          onChange={(match) => refine({ match })}
          allowDeselect={false}
          w={158}
        />
        <Autocomplete
          aria-label="Application"
          placeholder="openssl"
          data={useNames(name)}
          // The controller has chosen them already, by its own folding of case.
          filter={({ options }) => options}
          value={name}
          onChange={typeName}
          leftSection={<IconSearch size={14} aria-hidden />}
          maxLength={200}
          w={240}
          data-search
        />
        <Select
          aria-label="How the version is compared"
          data={comparators}
          value={search.comparator}
          onChange={(comparator) => refine({ comparator })}
          allowDeselect={false}
          w={142}
        />
        {search.comparator !== 'any' && (
          <TextInput
            aria-label="Version"
            placeholder="3.0.15"
            value={version}
            onChange={(event) => typeVersion(event.currentTarget.value)}
            maxLength={128}
            w={140}
            className="hf-mono"
          />
        )}
      </Toolbar>
      {search.comparator !== 'any' && (
        <p className={classes.hint}>
          Versions are compared as dpkg, rpm, apk and pacman compare them. One without an epoch or a release, such as 3.0.15, stands for
          every one of them.
        </p>
      )}
    </div>
  );
}

function useNames(text: string): string[] {
  const names = useLastAnswer(useCallWhen(text.trim() === '' ? null : calls.inventory.names(text.trim())));
  return names === null ? [] : names.answer;
}
