import * as z from 'zod';
import { DocumentContent, refuseRepeatedNames, stepShape } from './document.ts';
import { strictMap } from './violation.ts';

/** A document of schema 2.0 or 2.2 as an author writes it. */
export const StepsSource = strictMap({
  ...DocumentContent.shape,
  schemaVersion: z.enum(['2.0', '2.2']),
  mainSteps: z.array(strictMap(stepShape)).min(1).superRefine(refuseRepeatedNames),
});
export type StepsSource = z.infer<typeof StepsSource>;
