import * as z from 'zod';
import { shortJson } from './compact-json.ts';
import { interpolateText } from './interpolation.ts';
import { referencesIn } from './parameter-references.ts';
import type { ParameterType } from './parameter-value.ts';
import type { ParameterDefinitions, ParameterValues } from './parameters.ts';
import { secureStoreToken, tokenNames } from './tokens.ts';
import { strictMap } from './violation.ts';

export const PlatformType = z.enum(['Linux', 'Windows', 'MacOS']);
export type PlatformType = z.infer<typeof PlatformType>;

/** A step runs only where both arguments are equal (spec.md 8.5); StringEquals is the only operator. */
export const Precondition = strictMap({ StringEquals: z.tuple([z.string(), z.string()]) });
export type Precondition = z.infer<typeof Precondition>;

const PLATFORM_VARIABLE = 'platformType';
const comparableTypes: readonly ParameterType[] = ['String', 'Integer', 'Boolean'];

/** Platforms are compared without case, everything else exactly. A step without a precondition runs everywhere. */
export function isPreconditionMet(
  precondition: Precondition | undefined,
  { platformType, values }: { platformType: string; values: ParameterValues },
): boolean {
  if (precondition === undefined) return true;
  const [left, right] = precondition.StringEquals;
  const platform = comparedPlatform(precondition);
  if (platform !== null) return platform.toLowerCase() === platformType.toLowerCase();
  return interpolateText(left, values) === interpolateText(right, values);
}

/** Why the precondition could never be meant so, as the end of a sentence; null when it is fine. Undeclared tokens are not its matter. */
export function preconditionFault(precondition: Precondition, definitions: ParameterDefinitions): string | null {
  const [left, right] = precondition.StringEquals;
  if (left === right) return 'compares two arguments that are the same';
  if (referencesIn([left, right]).length > 0 || secureStoreToken(`${left} ${right}`) !== null)
    return 'refers to Parameter Store, which a precondition cannot do';
  const names = [...tokenNames(left), ...tokenNames(right)];
  const platform = comparedPlatform(precondition);
  if (platform !== null) return platformFault(platform, names);
  if (names.length === 0) return `must compare ${PLATFORM_VARIABLE} or at least one {{ parameter }}`;
  const unfit = names.find((name) => Object.hasOwn(definitions, name) && !comparableTypes.includes(definitions[name]?.type ?? 'String'));
  return unfit === undefined
    ? null
    : `compares the parameter ${shortJson(unfit)} of type ${definitions[unfit]?.type}, which has no plain text`;
}

/** The other side of a comparison with the platform, which may stand in either place; null when it compares something else. */
export function comparedPlatform({ StringEquals: [left, right] }: Precondition): string | null {
  if (left === PLATFORM_VARIABLE) return right;
  return right === PLATFORM_VARIABLE ? left : null;
}

function platformFault(platform: string, names: readonly string[]): string | null {
  if (names.length > 0) return `cannot compare ${PLATFORM_VARIABLE} with a parameter`;
  const known = PlatformType.options;
  if (known.some((name) => name.toLowerCase() === platform.toLowerCase())) return null;
  return `must compare ${PLATFORM_VARIABLE} with ${known.join(', ')}, not with ${shortJson(platform)}`;
}
