import * as z from 'zod';
import { refuseRepeatedNames } from './document.ts';
import { PARAMETER_TYPES } from './parameter-value.ts';
import { ParameterDefinition } from './parameters.ts';
import { AnyValue, strictMap } from './violation.ts';

/** Of steps and of parameters, in schema 0.3 (spec.md 8.6). */
const Name = z
  .string()
  .regex(/^[a-zA-Z0-9_]+$/, 'may have letters, digits and "_" only')
  .max(128);

/** A yes or no, which older runbooks write in quotes. */
const Flag = z
  .union([z.boolean(), z.enum(['true', 'false'])], 'must be true or false')
  .transform((given) => given === true || given === 'true');

const Count = z.union([z.number().int().min(1), z.string().min(1)], 'must be a whole number from 1 on, or text');

const TARGET = 'or "step:" with the name of a step';
const OnFailure = z.string().regex(/^(Abort|Continue|step: ?[a-zA-Z0-9_]+)$/, `must be "Abort", "Continue" ${TARGET}`);
const OnCancel = z.string().regex(/^(Abort|step: ?[a-zA-Z0-9_]+)$/, `must be "Abort" ${TARGET}`);

const Output = z.union(
  [z.string(), strictMap({ Name: z.string().min(1), Selector: z.string().optional(), Type: z.string().optional() })],
  'must be a map with Name, Selector and Type',
);

export const RunbookStep = strictMap({
  name: Name,
  action: z
    .string()
    .regex(/^aws:[a-zA-Z]+$/, 'must be the name of an action, such as "aws:sleep"')
    .max(128),
  description: z.string().optional(),
  inputs: z.record(z.string(), AnyValue).default({}),
  onFailure: OnFailure.optional(),
  onCancel: OnCancel.optional(),
  isCritical: Flag.optional(),
  isEnd: Flag.optional(),
  nextStep: z.string().min(1).optional(),
  maxAttempts: Count.optional(),
  timeoutSeconds: Count.optional(),
  outputs: z.array(Output).optional(),
});
export type RunbookStep = z.infer<typeof RunbookStep>;

const RESOURCE_TYPE = /^(List<)?AWS::[A-Za-z0-9]+(::[A-Za-z0-9]+)*>?$/;

/** Runbooks also have the types of AWS's resources, which are texts and lists of texts. */
export const RunbookParameter = ParameterDefinition.extend({
  type: z
    .string()
    .refine(
      (type) => PARAMETER_TYPES.some((known) => known === type) || RESOURCE_TYPE.test(type),
      `must be ${PARAMETER_TYPES.join(', ')} or the type of a resource, such as AWS::EC2::Instance::Id`,
    ),
});

/** An Automation document (schema 0.3): kept and shown; this version does not run it. */
export const Runbook = strictMap({
  schemaVersion: z.literal('0.3'),
  description: z.string().optional(),
  assumeRole: z.string().optional(),
  parameters: z.record(Name, RunbookParameter).default({}),
  variables: z.record(Name, AnyValue).optional(),
  files: z.record(z.string(), AnyValue).optional(),
  outputs: z.array(z.string().min(1)).optional(),
  mainSteps: z.array(RunbookStep).min(1).superRefine(refuseRepeatedNames),
});
export type Runbook = z.infer<typeof Runbook>;
