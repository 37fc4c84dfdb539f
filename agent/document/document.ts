import * as z from 'zod';
import { ParameterDefinition, ParameterName } from './parameters.ts';
import { Precondition } from './precondition.ts';
import { AnyValue, strictMap } from './violation.ts';

/** Of documents that run on nodes (spec.md 8.1). */
export const SchemaVersion = z.enum(['1.2', '2.0', '2.2']);
export type SchemaVersion = z.infer<typeof SchemaVersion>;

/** Becomes the name of a folder on every node: nothing that means something to a file system. */
export const StepName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?!\.$)(?!.*\.\.)[A-Za-z0-9._-]*$/, 'may have letters, digits, ".", "_" and "-" only, and no ".."');

export const StepInputs = z.record(z.string(), AnyValue);
export type StepInputs = z.infer<typeof StepInputs>;

/** As an author writes it, in schema 2.x. */
export const stepShape = {
  action: z.string().min(1).max(128),
  name: StepName,
  precondition: Precondition.optional(),
  inputs: StepInputs.default({}),
};

export const Step = strictMap({
  ...stepShape,
  /** Schema 1.2: what the action is to be run with after `inputs`, as further parts of the same step (spec.md 6.6). */
  moreInputs: z.array(StepInputs).optional(),
});
export type Step = z.infer<typeof Step>;

/**
 * A Command or Policy document of any schema: its shape, which is what the wire parses. Schema 1.2, which has no steps, is brought
 * into this form (legacy-source.ts). The rules between its parts are in document-rules.ts and are checked once, when a document is
 * created.
 */
export const DocumentContent = strictMap({
  schemaVersion: SchemaVersion,
  description: z.string().optional(),
  parameters: z.record(ParameterName, ParameterDefinition).default({}),
  mainSteps: z.array(Step).min(1).superRefine(refuseRepeatedNames),
});
export type DocumentContent = z.infer<typeof DocumentContent>;

/** Everything that the step's action is run with, one after the other. */
export const partsOf = ({ inputs, moreInputs = [] }: Pick<Step, 'inputs' | 'moreInputs'>): readonly StepInputs[] => [inputs, ...moreInputs];

export function refuseRepeatedNames(steps: readonly { readonly name: string }[], context: z.RefinementCtx): void {
  const firstAt = new Map<string, number>();
  for (const [position, { name }] of steps.entries()) {
    const first = firstAt.get(name);
    if (first === undefined) firstAt.set(name, position);
    else
      context.addIssue({
        code: 'custom',
        path: [position, 'name'],
        message: `repeats the name of mainSteps[${first}]; step names are unique`,
      });
  }
}
