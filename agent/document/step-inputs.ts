import { ActionName, scriptLanguageOf } from './action-inputs.ts';
import type { Step } from './document.ts';
import { interpolate, scriptValues } from './interpolation.ts';
import type { ParameterDefinitions, ParameterValues } from './parameters.ts';

/**
 * A step's inputs as its action gets them, ready for `parseActionInputs`. Script text has a reference to the environment in the
 * place of an ENV_VAR parameter (spec.md 8.4); a working directory, which no shell reads, has the value.
 */
export function interpolateStepInputs(
  { action, inputs }: Pick<Step, 'action' | 'inputs'>,
  { definitions, values }: { definitions: ParameterDefinitions; values: ParameterValues },
): Record<string, unknown> {
  const known = ActionName.safeParse(action);
  return Object.fromEntries(
    Object.entries(inputs).map(([input, value]) => {
      const language = known.success ? scriptLanguageOf(known.data, input) : null;
      return [input, interpolate(value, language === null ? values : scriptValues(definitions, values, language))];
    }),
  );
}
