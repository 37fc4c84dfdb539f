import type { InventoryEntry } from '../protocol/inventory.ts';
import { architectureName, entryOf } from './machine.ts';

/** Where apk keeps what is installed: the program itself prints less of it. */
export const APK_DATABASES: readonly string[] = ['/lib/apk/db/installed', '/usr/lib/apk/db/installed'];

/** The text of apk's database: a paragraph for each package, a letter and a colon before each fact, files among them. */
export function apkApplications(database: string): InventoryEntry[] {
  return database.split(/\n{2,}/).flatMap((paragraph) => {
    const facts = new Map<string, string>();
    for (const [, letter = '', value = ''] of paragraph.matchAll(/^([A-Za-z]):(.*)$/gm)) {
      if (!facts.has(letter)) facts.set(letter, value);
    }
    const [name, version] = [facts.get('P'), facts.get('V')];
    if (name === undefined || version === undefined) return [];
    return [
      entryOf({
        Name: name,
        Version: version,
        Publisher: facts.get('m'),
        Architecture: architectureName(facts.get('A') ?? ''),
        URL: facts.get('U'),
        Summary: facts.get('T'),
        PackageId: `${name}-${version}.apk`,
      }),
    ];
  });
}
