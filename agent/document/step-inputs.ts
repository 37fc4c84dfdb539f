import { ActionName, scriptLanguageOf } from './action-inputs.ts';
import type { Step } from './document.ts';
import { interpolate, scriptValues } from './interpolation.ts';
import type { ParameterDefinitions, ParameterValues } from './parameters.ts';

/**
 * A step's inputs as its action gets them, ready for `parseActionInputs`. Script text has a reference to the environment in the
 * place of an ENV_VAR parameter (spec.md 8.4); a working directory, which no shell reads, has the value. `secrets` are parameters
 * of that kind whose values are not known here.
 */
export function interpolateStepInputs(
  { action, inputs }: Pick<Step, 'action' | 'inputs'>,
  { definitions, values, secrets = [] }: { definitions: ParameterDefinitions; values: ParameterValues; secrets?: readonly string[] },
): Record<string, unknown> {
  const known = ActionName.safeParse(action);
  // Of a secret only the reference is needed, and only in a script. Anywhere else its token stays, as that of no parameter does.
  const inScripts = { ...values, ...Object.fromEntries(secrets.map((name) => [name, ''])) };
  return Object.fromEntries(
    Object.entries(inputs).map(([input, value]) => {
      const language = known.success ? scriptLanguageOf(known.data, input) : null;
      return [input, interpolate(value, language === null ? values : scriptValues(definitions, inScripts, language))];
    }),
  );
}
