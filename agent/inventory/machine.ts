import type { PlatformType } from '../platform/facts.ts';
import type { InventoryEntry } from '../protocol/inventory.ts';

/** The node, as those who collect look at it: programs, files, and nothing that changes it. */
export interface Machine {
  readonly platform: PlatformType;
  /** Of the step's processes: paths in a document may name these. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where a program is; null where it is not. */
  find(name: string): string | null;
  /** What a program printed that ended well; null, and a warning, for any other end. */
  run(program: string, argumentList: readonly string[]): Promise<string | null>;
  /** The text of a small file; null where it is not to be read. */
  read(file: string): string | null;
  /** Something that could not be collected: said in the step's output, and no reason for it to fail. */
  warn(problem: string): void;
}

/** All entries of one type; null when it could not be collected, so that what is known of it stays. */
export type Collected = readonly InventoryEntry[] | null;

/** An entry without the attributes that have no value. */
export const entryOf = (attributes: Readonly<Record<string, string | undefined>>): InventoryEntry =>
  Object.fromEntries(Object.entries(attributes).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''));

/** Seconds since 1970 as the API has times; nothing for what is none. */
export function isoOfSeconds(seconds: string): string | undefined {
  if (!/^\d{1,11}$/.test(seconds) || seconds === '0') return undefined;
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
}

/** Architectures as the SSM agent names them. */
export function architectureName(name: string): string {
  switch (name) {
    case 'amd64':
      return 'x86_64';
    case '386':
    case 'i686':
      return 'i386';
    default:
      return name;
  }
}
