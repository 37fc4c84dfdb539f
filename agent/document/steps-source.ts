import * as z from 'zod';
import { DocumentContent, refuseRepeatedNames, stepShape } from './document.ts';
import { namedInputs } from './input-names.ts';
import { DeclaredParameters } from './parameters.ts';
import { STEPS_SCHEMAS } from './schema-version.ts';
import { tolerantMap } from './violation.ts';

const OLDER_SCHEMAS: readonly string[] = STEPS_SCHEMAS.filter((version) => version !== '2.2');

/** A document of schema 2.x as an author writes it. What it says beyond that is left out, as the SSM agent does (ignored-keys.ts). */
export const StepsSource = tolerantMap({
  ...DocumentContent.shape,
  schemaVersion: z.preprocess((version) => (OLDER_SCHEMAS.includes(String(version)) ? '2.0' : version), z.enum(['2.0', '2.2'])),
  parameters: DeclaredParameters,
  mainSteps: z
    .array(tolerantMap(stepShape).transform((step) => ({ ...step, inputs: namedInputs(step.action, step.inputs) })))
    .min(1)
    .superRefine(refuseRepeatedNames),
});
export type StepsSource = z.infer<typeof StepsSource>;
