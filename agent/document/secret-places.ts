import { ActionName, declarationOf } from './action-inputs.ts';
import { type DocumentContent, partsOf } from './document.ts';
import { type ParameterReference, referenceOf } from './parameter-references.ts';
import type { ParameterDefinitions, ParameterValues } from './parameters.ts';
import type { Path } from './path.ts';
import { secretTarget } from './secret-references.ts';
import { interpolateStepInputs } from './step-inputs.ts';
import { textsIn } from './texts.ts';
import { secureStoreToken } from './tokens.ts';

/*
 * `{{ssm-secure:name}}` among the inputs of a step, where its action takes credentials: written there, or brought there by the value
 * of a parameter. The reference stays in the document on its whole way; the secret takes its place when the step starts.
 */

type Inputs = Readonly<Record<string, unknown>>;

/** A text with such a reference. `target` is null where no secret may stand, or where there is other text around it. */
export interface SecretPlace {
  /** As far as it can be followed in what was written. */
  readonly path: Path;
  readonly target: string | null;
}

/** What the secret of a reference is called in an order; no parameter has such a name. */
export const secretKey = (target: string): string => `ssm-secure:${target}`;
export const isSecretKey = (key: string): boolean => key.startsWith('ssm-secure:');

/** A map may be written as JSON text: credentials in it are found as well. */
function readMap(action: ActionName, [input, value]: [string, unknown]): unknown {
  const { fits } = declarationOf(action);
  const isMap = Object.hasOwn(fits, input) && fits[input]?.whole.includes('StringMap');
  if (!isMap || typeof value !== 'string' || !value.trimStart().startsWith('{')) return value;
  try {
    const map: unknown = JSON.parse(value);
    return map;
  } catch {
    // The action says what is wrong with it.
    return value;
  }
}

export function secretPlaces(actionName: string, inputs: Inputs): SecretPlace[] {
  // Asked first: hardly any step has one.
  if (!textsIn(inputs).some(({ text }) => secureStoreToken(text) !== null)) return [];
  const action = ActionName.safeParse(actionName);
  const takes = action.success ? declarationOf(action.data).takesSecret : undefined;
  return Object.entries(inputs).flatMap(([input, value]) => {
    const read = action.success && takes !== undefined ? readMap(action.data, [input, value]) : value;
    return textsIn(read, [input]).flatMap(({ path, text }): SecretPlace[] => {
      if (secureStoreToken(text) === null) return [];
      return [{ path: read === value ? path : [input], target: takes?.(path) === true ? secretTarget(text) : null }];
    });
  });
}

/** The inputs with the secrets in the places of their references. Throws when there is one that nobody opened. */
export function withSecrets(action: ActionName, inputs: Inputs, secrets: Readonly<Record<string, string>>): Record<string, unknown> {
  const { takesSecret } = declarationOf(action);
  const opened = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') {
      const target = takesSecret?.(path) === true ? secretTarget(value) : null;
      if (target === null) return value;
      const secret = secrets[secretKey(target)];
      if (secret === undefined) throw new Error(`The secret ${target} was not opened.`);
      return secret;
    }
    if (Array.isArray(value)) return value.map((item, position) => opened(item, [...path, position]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner, [...path, key])]));
  };
  return Object.fromEntries(Object.entries(inputs).map((entry) => [entry[0], opened(readMap(action, entry), [entry[0]])]));
}

export type PlacedSecrets = { readonly ok: true; readonly targets: readonly string[] } | { readonly ok: false; readonly problem: string };

/** What the steps take of secrets once these values are in their places; or where one would be written out instead. */
export function placedSecrets(
  { parameters, mainSteps }: { parameters: ParameterDefinitions; mainSteps: DocumentContent['mainSteps'] },
  values: ParameterValues,
): PlacedSecrets {
  const targets = new Set<string>();
  for (const step of mainSteps) {
    for (const part of partsOf(step)) {
      const inputs = interpolateStepInputs({ action: step.action, inputs: part }, { definitions: parameters, values });
      for (const { path, target } of secretPlaces(step.action, inputs)) {
        if (target === null)
          return { ok: false, problem: `A secret, {{ssm-secure:…}}, cannot stand in ${path.join('.')} of ${step.name}.` };
        targets.add(target);
      }
    }
  }
  const inEnvironment = Object.entries(values).find(([name, value]) => {
    return parameters[name]?.interpolationType === 'ENV_VAR' && typeof value === 'string' && secureStoreToken(value) !== null;
  });
  if (inEnvironment !== undefined) return { ok: false, problem: 'A secret, {{ssm-secure:…}}, can stand for a whole value only.' };
  return { ok: true, targets: [...targets] };
}

/** What a document's own steps refer to of secrets, as they are written. */
export const writtenSecrets = ({ mainSteps }: Pick<DocumentContent, 'mainSteps'>): ParameterReference[] =>
  mainSteps.flatMap((step) =>
    partsOf(step)
      .flatMap((part) => secretPlaces(step.action, part))
      .flatMap(({ target }) => (target === null ? [] : [referenceOf(target)])),
  );
