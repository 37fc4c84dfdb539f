import * as z from 'zod';
import { ParameterDefinition, ParameterName } from './parameters.ts';
import { Precondition } from './precondition.ts';
import { AnyValue, strictMap } from './violation.ts';

/** The only schema that this version runs; the SSM API also knows 0.3, 1.2 and 2.0 (spec.md 8.1). */
export const SCHEMA_VERSION = '2.2';

/** Becomes the name of a folder on every node: nothing that means something to a file system. */
export const StepName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?!\.$)(?!.*\.\.)[A-Za-z0-9._-]*$/, 'may have letters, digits, ".", "_" and "-" only, and no ".."');

export const Step = strictMap({
  action: z.string().min(1).max(128),
  name: StepName,
  precondition: Precondition.optional(),
  inputs: z.record(z.string(), AnyValue).default({}),
});
export type Step = z.infer<typeof Step>;

/**
 * A Command document of schema 2.2: its shape, which is what the wire and the store parse. The rules between its parts are in
 * document-rules.ts and are checked once, when a document is created.
 */
export const DocumentContent = strictMap({
  schemaVersion: z.literal(SCHEMA_VERSION),
  description: z.string().optional(),
  parameters: z.record(ParameterName, ParameterDefinition).default({}),
  mainSteps: z.array(Step).min(1).superRefine(refuseRepeatedNames),
});
export type DocumentContent = z.infer<typeof DocumentContent>;

function refuseRepeatedNames(steps: readonly Step[], context: z.RefinementCtx): void {
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
