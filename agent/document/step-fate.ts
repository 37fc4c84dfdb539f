import { ActionName, declarationOf } from './action-inputs.ts';
import type { SchemaVersion, Step } from './document.ts';
import { isRunHere, knownAction } from './known-actions.ts';
import { comparedPlatform, type PlatformType } from './precondition.ts';
import { whyLater, whyRetired } from './retired-actions.ts';

/** What is known of a step on a platform before its parameters are. `by`: who decides so, which is what an author can change. */
export type Fate =
  | { readonly do: 'run' }
  | { readonly do: 'skip'; readonly because: string; readonly by: 'platform' | 'precondition' }
  | { readonly do: 'fail'; readonly reason: string; readonly by: 'platform' | 'schema' | 'action' };

/** Why a step of this action fails on every node that it is for; null where it does not. */
export function whyNotRun({ action }: Pick<Step, 'action'>): string | null {
  if (isRunHere(action)) return null;
  const retired = whyRetired(action);
  if (retired !== null) return `${action} cannot run here: ${retired}, so the step fails`;
  const later = whyLater(action);
  if (later !== null) return `${action} cannot run here yet: ${later}`;
  return `${action} cannot run here yet: this version of Holdfast has no such action, so the step fails`;
}

/** Whether the action fits the platform comes before the precondition (spec.md 8.1, 8.5). */
export function fateOn(
  platform: PlatformType,
  { action, precondition, schemaVersion }: Pick<Step, 'action' | 'precondition'> & { readonly schemaVersion: SchemaVersion },
): Fate {
  const known = knownAction(action);
  if (known === null) return { do: 'fail', reason: `This agent does not know the action ${action}.`, by: 'action' };
  if (!known.platforms.includes(platform)) {
    const reason = `${action} does not run on ${platform}.`;
    return schemaVersion === '2.2' ? { do: 'skip', because: reason, by: 'platform' } : { do: 'fail', reason, by: 'platform' };
  }
  if (precondition !== undefined && schemaVersion !== '2.2') {
    const reason = `It has a precondition, which needs schema 2.2; the document is of schema ${schemaVersion}.`;
    return { do: 'fail', reason, by: 'schema' };
  }
  const only = precondition === undefined ? null : comparedPlatform(precondition);
  if (only !== null && only.toLowerCase() !== platform.toLowerCase()) {
    return { do: 'skip', because: 'Its precondition is not met on this node.', by: 'precondition' };
  }
  return { do: 'run' };
}

/** In which ways the step does something else here than at AWS, each a whole sentence. */
export function limitsOf({ action }: Pick<Step, 'action'>, inputs: Readonly<Record<string, unknown>>): readonly string[] {
  const name = ActionName.safeParse(action);
  if (!name.success) return [];
  return (declarationOf(name.data).limits?.(inputs) ?? []).map((limit) => `${action} ${limit.replace(/\.$/, '')}.`);
}
