import * as z from 'zod';
import { type ActionDeclaration, everywhere, type Fit, flowFits, flowInputs, textFit } from './action-declaration.ts';
import { strictMap } from './violation.ts';

/** `Enabled`, or `Disabled`, in any case; nothing is Disabled. */
const Enabling = z
  .string('must be Enabled or Disabled')
  .regex(/^(enabled|disabled|)$/i, 'must be Enabled or Disabled')
  .default('')
  .transform((given) => given.toLowerCase() === 'enabled');

const DEFAULT_SCANNED_FOLDERS = 5000;

const FileFilter = z.strictObject({
  Path: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^[^\0]*$/),
  Pattern: z.array(z.string().min(1).max(255)).min(1).max(50),
  Recursive: z.boolean().default(false),
  DirScanLimit: z.int().min(1).max(DEFAULT_SCANNED_FOLDERS).default(DEFAULT_SCANNED_FOLDERS),
});

const RegistryFilter = z.strictObject({
  Path: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^HK(EY_|LM|CU|CR|U\b|CC)[^\0\r\n]*$/i, 'must begin with a hive of the registry'),
  Recursive: z.boolean().default(false),
  DepthLimit: z.int().min(0).optional(),
  ScanLimit: z.int().min(1).optional(),
  ValueNames: z.array(z.string().max(255)).max(50).default([]),
});

/** A JSON list in a text, as AWS writes what to look for; a list itself does too. */
function filters<Filter extends z.ZodType>(filter: Filter, example: string) {
  const problem = `must be a JSON list such as ${example}`;
  return z
    .union([z.string(), z.array(z.unknown())], problem)
    .default('')
    .transform((given, context): unknown => {
      if (typeof given !== 'string') return given;
      if (/^\s*(disabled)?\s*$/i.test(given)) return [];
      try {
        return JSON.parse(given);
      } catch {
        context.addIssue({ code: 'custom', message: problem });
        return z.NEVER;
      }
    })
    .pipe(z.array(filter, problem).max(10, 'may have at most 10 filters'));
}

const inputs = {
  applications: Enabling,
  awsComponents: Enabling,
  networkConfig: Enabling,
  files: filters(FileFilter, '[{"Path":"/opt","Pattern":["*"],"Recursive":false}]'),
  services: Enabling,
  windowsRoles: Enabling,
  windowsRegistry: filters(RegistryFilter, '[{"Path":"HKEY_LOCAL_MACHINE\\\\SOFTWARE\\\\Example","Recursive":true}]'),
  windowsUpdates: Enabling,
  instanceDetailedInformation: Enabling,
  customInventory: Enabling,
};

/** What aws:softwareInventory works with, after interpolation. */
export const SoftwareInventoryInputs = strictMap({ ...inputs, ...flowInputs });
export type SoftwareInventoryInputs = z.infer<typeof SoftwareInventoryInputs>;

const fits: Record<keyof SoftwareInventoryInputs, Fit> = {
  applications: textFit,
  awsComponents: textFit,
  networkConfig: textFit,
  files: textFit,
  services: textFit,
  windowsRoles: textFit,
  windowsRegistry: textFit,
  windowsUpdates: textFit,
  instanceDetailedInformation: textFit,
  customInventory: textFit,
  ...flowFits,
};

export const softwareInventory: ActionDeclaration<SoftwareInventoryInputs> = {
  platforms: everywhere,
  inputs: SoftwareInventoryInputs,
  fits,
  // It looks, and changes nothing.
  canCheck: true,
  limits: ({ files }) =>
    typeof files === 'string' && !/^\s*(disabled)?\s*$/i.test(files)
      ? ['lists files without the time of their last access, and meets their names with * and ? alone']
      : [],
};
