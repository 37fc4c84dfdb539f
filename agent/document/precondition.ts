import * as z from 'zod';
import { interpolateText } from './interpolation.ts';
import type { ParameterDefinitions, ParameterValues } from './parameters.ts';
import type { ParameterType } from './parameter-value.ts';
import { strictMap } from './violation.ts';

export const PLATFORM_TYPES = ['Linux', 'Windows', 'MacOS'] as const;
export const PlatformType = z.enum(PLATFORM_TYPES);
export type PlatformType = z.infer<typeof PlatformType>;

/** A step runs only where both arguments are equal (spec.md 8.5). StringEquals is the only operator there is. */
export const Precondition = strictMap({
  StringEquals: z.array(z.string()).length(2, 'must have exactly two arguments'),
});
