import type { StepInputs } from './document.ts';
import { knownAction } from './known-actions.ts';
import { linesOfScript } from './script-inputs.ts';

const SCRIPT_ACTIONS: readonly string[] = ['aws:runShellScript', 'aws:runPowerShellScript'];

/**
 * The inputs of a step as its action calls them. The SSM agent reads their names in any case, as Go reads JSON, and published documents
 * of schema 2.0 name the lines of a script as 1.2 does. An action of ours has its names alone.
 */
export function namedInputs(action: string, written: StepInputs): StepInputs {
  if (!action.startsWith('aws:')) return written;
  const named = Object.fromEntries(Object.entries(written).map(([name, value]) => [inputName(action, name, written), value]));
  return SCRIPT_ACTIONS.includes(action) ? linesOfScript(named) : named;
}

/** Its own, where it is the name of nothing that the action takes, or where that name is there as well. */
export function inputName(action: string, name: string, written: Readonly<Record<string, unknown>>): string {
  const fits = knownAction(action)?.fits ?? {};
  if (Object.hasOwn(fits, name)) return name;
  const meant = Object.keys(fits).find((known) => known.toLowerCase() === name.toLowerCase());
  return meant === undefined || Object.hasOwn(written, meant) ? name : meant;
}
