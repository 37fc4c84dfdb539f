import * as z from 'zod';
import { DocumentContent, refuseRepeatedNames, type Step, stepShape } from './document.ts';
import { DeclaredParameters } from './parameters.ts';
import { STEPS_SCHEMAS } from './schema-version.ts';
import { linesOfScript } from './script-inputs.ts';
import { tolerantMap } from './violation.ts';

const OLDER_SCHEMAS: readonly string[] = STEPS_SCHEMAS.filter((version) => version !== '2.2');
const SCRIPT_ACTIONS: readonly string[] = ['aws:runShellScript', 'aws:runPowerShellScript'];

/** A document of schema 2.x as an author writes it. What it says beyond that is left out, as the SSM agent does (ignored-keys.ts). */
export const StepsSource = tolerantMap({
  ...DocumentContent.shape,
  schemaVersion: z.preprocess((version) => (OLDER_SCHEMAS.includes(String(version)) ? '2.0' : version), z.enum(['2.0', '2.2'])),
  parameters: DeclaredParameters,
  mainSteps: z.array(tolerantMap(stepShape).transform(withScriptLines)).min(1).superRefine(refuseRepeatedNames),
});
export type StepsSource = z.infer<typeof StepsSource>;

/** Published documents of schema 2.0 name the lines of a script as 1.2 does. */
function withScriptLines<Written extends Pick<Step, 'action' | 'inputs'>>(step: Written): Written {
  return SCRIPT_ACTIONS.includes(step.action) ? { ...step, inputs: linesOfScript(step.inputs) } : step;
}
