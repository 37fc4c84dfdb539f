import * as z from 'zod';
import type { InventoryEntry } from '../protocol/inventory.ts';
import { entryOf, isoOfSeconds } from './machine.ts';

export const BREW_QUERY: readonly string[] = ['info', '--json=v2', '--installed'];

const text = z.string().nullish().catch(null);
const Formula = z.looseObject({
  name: z.string(),
  desc: text,
  homepage: text,
  installed: z.array(z.looseObject({ version: z.string(), time: z.number().nullish().catch(null) })).catch([]),
});
const Cask = z.looseObject({
  token: z.string(),
  desc: text,
  homepage: text,
  installed: text,
  installed_time: z.number().nullish().catch(null),
});
const Installed = z.looseObject({ formulae: z.array(Formula).catch([]), casks: z.array(Cask).catch([]) });

const time = (seconds: number | null | undefined): string | undefined => isoOfSeconds(String(seconds ?? ''));

/** What `brew info --json=v2 --installed` printed. Throws for what is no JSON. */
export function brewApplications(printed: string): InventoryEntry[] {
  const { formulae, casks } = Installed.parse(JSON.parse(printed));
  const common = { Publisher: 'Homebrew' };
  return [
    ...formulae.flatMap(({ name, desc, homepage, installed }) =>
      installed.map(({ version, time: at }) =>
        entryOf({
          Name: name,
          Version: version,
          ...common,
          ApplicationType: 'formula',
          URL: homepage ?? '',
          Summary: desc ?? '',
          InstalledTime: time(at),
        }),
      ),
    ),
    ...casks.map(({ token, desc, homepage, installed, installed_time }) =>
      entryOf({
        Name: token,
        Version: installed ?? '',
        ...common,
        ApplicationType: 'cask',
        URL: homepage ?? '',
        Summary: desc ?? '',
        InstalledTime: time(installed_time),
      }),
    ),
  ];
}
