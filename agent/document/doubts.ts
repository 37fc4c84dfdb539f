import type { DocumentContent, Step } from './document.ts';
import { isRunHere } from './known-actions.ts';
import type { Path } from './path.ts';
import { type Violation, violation } from './violation.ts';

/** Why a step of this action fails on every node; null where it does not. */
export function whyNotRun({ action }: Pick<Step, 'action'>): string | null {
  return isRunHere(action) ? null : `${action} cannot run here yet: this version of Holdfast has no such action, so the step fails`;
}

/** What is right in a document, and will not do what its author may think. */
export function doubtsAbout({ schemaVersion, mainSteps }: DocumentContent): Violation[] {
  return mainSteps.flatMap((step, position) => {
    const place: { path: Path; half: 'key' | 'value' } =
      schemaVersion === '1.2'
        ? { path: ['runtimeConfig', step.action], half: 'key' }
        : { path: ['mainSteps', position, 'action'], half: 'value' };
    const reason = whyNotRun(step);
    const notRun = reason === null ? [] : [{ ...place, message: `${reason}.` }];
    if (step.precondition === undefined || schemaVersion === '2.2') return notRun;
    const early = `is of schema 2.2: in a document of schema ${schemaVersion} it makes the step fail`;
    return [...notRun, violation(['mainSteps', position, 'precondition'], early)];
  });
}
