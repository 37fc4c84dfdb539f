import * as z from 'zod';
import type { InventoryEntry } from '../protocol/inventory.ts';
import type { Collected, Machine } from './machine.ts';
import { entryOf } from './machine.ts';

/** What PowerShell prints of a property: its types are not those of the API, which has texts alone. */
const Printed = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.union([z.string(), z.number()]).nullable())]);
/** Of one thing it prints the thing, of several a list, and of none nothing. */
const Objects = z.union([z.array(z.record(z.string(), Printed)), z.record(z.string(), Printed).transform((one) => [one])]);

function textOf(value: z.infer<typeof Printed>): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.filter((part) => part !== null).join(', ') : String(value).trim();
}

/** The objects of `ConvertTo-Json`, each an entry with the properties that have a value. */
export function powerShellEntries(printed: string): InventoryEntry[] {
  const text = printed.replace(/^\uFEFF/, '').trim();
  if (text === '') return [];
  const objects = Objects.parse(JSON.parse(text));
  return objects.map((object) => entryOf(Object.fromEntries(Object.entries(object).map(([name, value]) => [name, textOf(value)]))));
}

/** Runs a pipeline of ours, which ends in objects with the API's names, and reads them. */
export async function askPowerShell(machine: Machine, pipeline: string): Promise<Collected> {
  const program = machine.find('powershell') ?? machine.find('pwsh');
  if (program === null) {
    machine.warn('There is no PowerShell on this node.');
    return null;
  }
  const script = `$ErrorActionPreference='Stop'; [Console]::OutputEncoding=[Text.Encoding]::UTF8; ${pipeline} | ConvertTo-Json -Depth 3 -Compress`;
  const printed = await machine.run(program, [
    '-NoLogo',
    '-NoProfile',
    '-NonInteractive',
    '-ExecutionPolicy',
    'Bypass',
    '-Command',
    script,
  ]);
  return printed === null ? null : powerShellEntries(printed);
}
