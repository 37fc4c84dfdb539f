import * as z from 'zod';
import {
  type ActionDeclaration,
  DEFAULT_TIMEOUT_SECONDS,
  type Fit,
  flowFits,
  flowInputs,
  listFit,
  numberFit,
  oneOf,
  PlainText,
  TimeoutSeconds,
  textFit,
} from './action-declaration.ts';
import { strictMap } from './violation.ts';

const CHECKSUM = /^[0-9a-f]{64}$/i;

/** At AWS it may be left out. Here nothing is installed that is not known to be what its author had in hand. */
const NeededChecksum = z.preprocess(
  (given) => given ?? '',
  z.string().regex(CHECKSUM, 'must be the SHA-256 checksum of the source, 64 hexadecimal digits: without one nothing is installed'),
);

const Source = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^[^\0\r\n"]*$/, 'may not have quotes or line breaks');

/** What aws:applications works with, after interpolation. */
export const ApplicationInputs = strictMap({
  action: oneOf(['Install', 'Repair', 'Uninstall']),
  source: Source,
  sourceHash: NeededChecksum,
  parameters: PlainText.max(4096).default(''),
  ...flowInputs,
});
export type ApplicationInputs = z.infer<typeof ApplicationInputs>;

const applicationFits: Record<keyof ApplicationInputs, Fit> = {
  action: textFit,
  source: textFit,
  sourceHash: textFit,
  parameters: textFit,
  ...flowFits,
};

export const applications: ActionDeclaration<ApplicationInputs> = {
  platforms: ['Windows'],
  inputs: ApplicationInputs,
  fits: applicationFits,
  canCheck: false,
  limits: () => ['installs MSI packages alone, each with its SHA-256 checksum'],
};

/** What aws:psModule works with, after interpolation. Without a source it only runs the commands, as at AWS. */
export const ModuleInputs = strictMap({
  source: z.union([z.literal(''), Source]).default(''),
  sourceHash: z
    .string()
    .regex(/^([0-9a-f]{64})?$/i, 'must be a SHA-256 checksum, 64 hexadecimal digits')
    .default(''),
  runCommand: z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(PlainText)).default([]),
  timeoutSeconds: TimeoutSeconds.default(DEFAULT_TIMEOUT_SECONDS),
  workingDirectory: PlainText.optional(),
  ...flowInputs,
}).refine(({ source, sourceHash }) => source === '' || sourceHash !== '', {
  path: ['sourceHash'],
  message: 'must be the SHA-256 checksum of the source, 64 hexadecimal digits: without one nothing is installed',
});
export type ModuleInputs = z.infer<typeof ModuleInputs>;

const moduleFits: Record<keyof ModuleInputs, Fit> = {
  source: textFit,
  sourceHash: textFit,
  runCommand: listFit,
  timeoutSeconds: numberFit,
  workingDirectory: textFit,
  ...flowFits,
};

export const psModule: ActionDeclaration<ModuleInputs> = {
  platforms: ['Windows'],
  inputs: ModuleInputs,
  fits: moduleFits,
  canCheck: false,
  scripts: { runCommand: 'powershell' },
  limits: () => ['installs a module with its SHA-256 checksum alone, and nothing from the PowerShell Gallery'],
};
