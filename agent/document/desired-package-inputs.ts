import * as z from 'zod';
import {
  type ActionDeclaration,
  everywhere,
  type Fit,
  Flag,
  flagFit,
  flowFits,
  flowInputs,
  listFit,
  numberFit,
  textFit,
} from './action-declaration.ts';
import { strictMap } from './violation.ts';

export const PACKAGE_PROVIDERS = ['apt', 'dnf', 'zypper', 'apk', 'brew', 'winget', 'choco'] as const;
export type PackageProviderName = (typeof PACKAGE_PROVIDERS)[number];

/** Of any package manager: never an option, a pattern, a path or an address. apt takes a last `-` as a request to remove. */
const PackageName = z
  .string()
  .regex(/^[A-Za-z0-9@][A-Za-z0-9@/._+:-]{0,199}$/, 'must be the name of a package')
  .refine((name) => !/(-$|\.\.|\/$|:\/|\.(deb|rpm|apk)$)/.test(name), 'must be the name of a package');
export const PackageVersion = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+:~_^-]{0,199}$/, 'must be the version of a package');

export const wholeNumber = (least: number, most: number) =>
  z
    .union([z.number(), z.string().regex(/^\d{1,6}$/)], 'must be a whole number')
    .transform(Number)
    .pipe(z.number().int().min(least).max(most));

const PackageShape = strictMap({
  name: z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(PackageName).min(1).max(100)),
  ensure: z.enum(['installed', 'latest', 'absent']).default('installed'),
  /** Exactly this one, of the one package that is named. */
  version: PackageVersion.optional(),
  provider: z.enum(['auto', ...PACKAGE_PROVIDERS]).default('auto'),
  /** Fetches the lists of the package sources before something is installed. */
  updateCache: Flag.default(true),
  allowDowngrade: Flag.default(false),
  /** Lets an installation remove packages that conflict. */
  allowRemovals: Flag.default(false),
  /** Also packages that are on hold. */
  changeHeld: Flag.default(false),
  /** With ensure: absent, its configuration as well. */
  purge: Flag.default(false),
  lockTimeoutSeconds: wholeNumber(0, 3600).default(300),
  ...flowInputs,
});

/** What holdfast:package works with, after interpolation. */
export const PackageInputs = PackageShape.superRefine(({ name, ensure, version, purge }, context) => {
  const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (version !== undefined && name.length > 1) problem('version', 'is for one package alone, and the step names several');
  if (version !== undefined && ensure !== 'installed') problem('version', 'is for ensure: installed alone');
  if (purge && ensure !== 'absent') problem('purge', 'is for ensure: absent alone');
});
export type PackageInputs = z.infer<typeof PackageInputs>;

const fits: Record<keyof PackageInputs, Fit> = {
  name: listFit,
  ensure: textFit,
  version: textFit,
  provider: textFit,
  updateCache: flagFit,
  allowDowngrade: flagFit,
  allowRemovals: flagFit,
  changeHeld: flagFit,
  purge: flagFit,
  lockTimeoutSeconds: numberFit,
  ...flowFits,
};

export const desiredPackage: ActionDeclaration<PackageInputs> = { platforms: everywhere, inputs: PackageInputs, fits, canCheck: true };
