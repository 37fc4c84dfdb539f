import * as z from 'zod';
import { vectorFile } from '../../vectors.ts';

const InterpolationVectors = z.object({
  substitution: z.array(
    z.object({ id: z.string(), template: z.unknown(), parameters: z.record(z.string(), z.any()), expected: z.unknown() }),
  ),
  environment: z.array(
    z.object({
      id: z.string(),
      platform: z.enum(['Linux', 'MacOS', 'Windows']),
      script: z.string(),
      parameter: z.object({
        name: z.string(),
        type: z.enum(['String']),
        interpolationType: z.enum(['ENV_VAR']).optional(),
        value: z.string(),
      }),
      expectEnv: z.record(z.string(), z.string()),
      expectScript: z.string(),
    }),
  ),
  validation: z.array(
    z.object({ id: z.string(), definition: z.unknown(), value: z.unknown(), valid: z.boolean(), violations: z.array(z.string()) }),
  ),
});

export const interpolationVectors = InterpolationVectors.parse(vectorFile('interpolation-vectors.json'));
