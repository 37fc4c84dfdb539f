import * as z from 'zod';
import {
  type ActionDeclaration,
  DEFAULT_TIMEOUT_SECONDS,
  type Fit,
  Flag,
  flagFit,
  flowFits,
  flowInputs,
  mapFit,
  numberFit,
  PlainText,
  TimeoutSeconds,
  textFit,
} from './action-declaration.ts';
import { strictMap } from './violation.ts';

/** A file below the folder that it is looked for in: no way up, no drive, no option. */
export const isRelativeFile = (path: string): boolean =>
  path.length <= 1024 && !/^[-/\\]|[\\:\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const MOST_PLAYBOOK = 65_536;

/**
 * What holdfast:ansiblePlaybook works with, after interpolation. The playbook is in a tree that is fetched (sourceType and sourceInfo as
 * aws:downloadContent has them), at an address of its own, or here as text.
 */
export const AnsibleInputs = strictMap({
  sourceType: z.enum(['', 'GitHub', 'Git', 'HTTP', 'S3']).default(''),
  sourceInfo: z.union([PlainText, z.record(z.string(), z.unknown())], 'must be a map').default({}),
  playbookFile: z
    .string()
    .refine((path) => path === '' || (isRelativeFile(path) && /\.ya?ml$/.test(path)), 'must be a relative path of a .yml or .yaml file')
    .default(''),
  playbook: PlainText.max(MOST_PLAYBOOK).default(''),
  playbookUrl: PlainText.max(2048).default(''),
  /** Pairs name=value with blanks between; a value with blanks is in quotes. */
  extraVariables: PlainText.max(16_384).default(''),
  check: Flag.default(false),
  verbose: z.enum(['', '-v', '-vv', '-vvv', '-vvvv']).default('-v'),
  installDependencies: Flag.default(false),
  timeoutSeconds: TimeoutSeconds.default(DEFAULT_TIMEOUT_SECONDS),
  ...flowInputs,
});
export type AnsibleInputs = z.infer<typeof AnsibleInputs>;

const fits: Record<keyof AnsibleInputs, Fit> = {
  sourceType: textFit,
  sourceInfo: mapFit,
  playbookFile: textFit,
  playbook: textFit,
  playbookUrl: textFit,
  extraVariables: textFit,
  check: flagFit,
  verbose: textFit,
  installDependencies: flagFit,
  timeoutSeconds: numberFit,
  ...flowFits,
};

export const ansiblePlaybook: ActionDeclaration<AnsibleInputs> = {
  platforms: ['Linux'],
  inputs: AnsibleInputs,
  fits,
  canCheck: true,
  limits: () => [
    'uses the ansible-playbook that is on the node, and installs none: there is no way to the internet',
    'shows what differs in files (--diff) also when it applies, except of tasks with no_log or diff: false',
  ],
};
