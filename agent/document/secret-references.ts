import { ActionName, scriptLanguageOf } from './action-inputs.ts';
import { type DocumentContent, partsOf } from './document.ts';
import { type ParameterReference, referenceOf } from './parameter-references.ts';
import type { ParameterDefinition } from './parameters.ts';
import { textsIn } from './texts.ts';
import { tokenNames } from './tokens.ts';

/*
 * AWS takes {{ssm-secure:name}} in the credentials of a download alone (secret-places.ts). An addition of ours: it may also be the whole value of a
 * parameter that travels in the environment, so that a secret reaches a script and is never part of it.
 */

const ONLY_A_SECRET = /^\{\{ *ssm-secure:([a-zA-Z0-9_/.:-]+) *\}\}$/;
const SECRET = /\{\{ *ssm-secure:[a-zA-Z0-9_/.:-]+ *\}\}/;
const SECRETS = /\{\{ *ssm-secure:([a-zA-Z0-9_/.:-]+) *\}\}/g;

/** Of a text that is a reference to a secret and nothing else: what it refers to, `name` or `name:version`. */
export const secretTarget = (text: string): string | null => ONLY_A_SECRET.exec(text)?.[1] ?? null;

/** What `{{ssm-secure:name}}` or `{{ssm-secure:name:version}}` refers to; null for any other text. */
export function secretReference(text: string): ParameterReference | null {
  const target = secretTarget(text);
  return target === null ? null : referenceOf(target);
}

/** All that the texts of a value refer to of secrets, also inside other text. */
export const secretReferencesIn = (value: unknown): ParameterReference[] =>
  textsIn(value).flatMap(({ text }) => [...text.matchAll(SECRETS)].map(([, target]) => referenceOf(target ?? '')));

/** Whether a reference to a secret is anywhere in the value. */
export const hasSecretReference = (value: unknown): boolean => textsIn(value).some(({ text }) => SECRET.test(text));

export function takesSecret(definition: Pick<ParameterDefinition, 'type' | 'interpolationType'> | undefined): boolean {
  return definition?.type === 'String' && definition.interpolationType === 'ENV_VAR';
}

/** Where a document uses the parameter outside script text, in which alone a secret is not written out; null when nowhere. */
export function placeOutsideScripts({ mainSteps }: Pick<DocumentContent, 'mainSteps'>, parameter: string): string | null {
  for (const step of mainSteps) {
    const { name, action, precondition } = step;
    const known = ActionName.safeParse(action);
    const isScript = (input: string) => known.success && scriptLanguageOf(known.data, input) !== null;
    const uses = (value: unknown) => textsIn(value).some(({ text }) => tokenNames(text).includes(parameter));
    if (uses(precondition)) return `the precondition of ${name}`;
    const input = partsOf(step)
      .flatMap(Object.entries<unknown>)
      .find(([input, value]) => !isScript(input) && uses(value));
    if (input !== undefined) return `${input[0]} of ${name}`;
  }
  return null;
}
