import * as z from 'zod';
import { type ActionDeclaration, everywhere, type Fit, flowFits, flowInputs, mapFit, oneOf, textFit } from './action-declaration.ts';
import { strictMap } from './violation.ts';

/** Characters of the additional arguments as JSON (spec.md 8.9). */
const MOST_ARGUMENT_CHARACTERS = 4096;

const SafeName = z.string().regex(/^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,128}$/, 'must be 1 to 128 letters, digits and . _ -');

/** A package that was shared is named by its ARN, of which the last part is its name. */
const PackageName = z
  .string()
  .transform((given) => /^arn:[a-z0-9-]+:ssm:[a-z0-9-]*:\d*:package\/([^/]+)$/.exec(given)?.[1] ?? given)
  .pipe(SafeName);

/** No version, and `latest`, stand for the one that the package store has as the default. */
const Version = z
  .string()
  .transform((text) => (/^(latest|\$latest)?$/i.test(text.trim()) ? '' : text))
  .pipe(z.union([z.literal(''), SafeName], 'must be the version of a package, latest or nothing'));

const ArgumentName = z.string().regex(/^SSM_[a-zA-Z0-9_]{1,252}$/, 'must begin with SSM_ and have letters, digits and _ only');
const ArgumentValue = z
  .union([z.string(), z.number(), z.boolean()], 'must be text')
  .transform(String)
  .refine((text) => !text.includes('\0'), 'may not have NUL characters');

const ArgumentMap = z
  .record(ArgumentName, ArgumentValue)
  .refine((map) => JSON.stringify(map).length <= MOST_ARGUMENT_CHARACTERS, `may have ${MOST_ARGUMENT_CHARACTERS} characters at most`);

/** A map, or JSON text of one. */
const AdditionalArguments = z
  .union([z.string(), z.record(z.string(), z.unknown())], 'must be a map, or JSON text of a map')
  .transform((given, context): unknown => {
    if (typeof given !== 'string') return given;
    if (given.trim() === '') return {};
    try {
      return JSON.parse(given);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a map, or JSON text of a map' });
      return z.NEVER;
    }
  })
  .pipe(ArgumentMap);

/** What aws:configurePackage works with, after interpolation. */
export const ConfigurePackageInputs = strictMap({
  name: PackageName,
  action: oneOf(['Install', 'Uninstall']),
  installationType: z
    .union(
      [z.literal(''), z.enum(['Uninstall and reinstall', 'In-place update'])],
      'must be "Uninstall and reinstall" or "In-place update"',
    )
    .default('')
    .transform((given) => (given === '' ? 'Uninstall and reinstall' : given)),
  version: Version.default(''),
  additionalArguments: AdditionalArguments.default({}),
  ...flowInputs,
});
export type ConfigurePackageInputs = z.infer<typeof ConfigurePackageInputs>;

const fits: Record<keyof ConfigurePackageInputs, Fit> = {
  name: textFit,
  action: textFit,
  installationType: textFit,
  version: textFit,
  additionalArguments: mapFit,
  ...flowFits,
};

export const configurePackage: ActionDeclaration<ConfigurePackageInputs> = {
  platforms: everywhere,
  inputs: ConfigurePackageInputs,
  fits,
  canCheck: true,
  limits: () => ["finds a package only if it was added to this site's package store, also one of AWS's own"],
};
