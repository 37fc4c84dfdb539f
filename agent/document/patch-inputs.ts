import * as z from 'zod';
import {
  type ActionDeclaration,
  DEFAULT_TIMEOUT_SECONDS,
  type Fit,
  flowFits,
  flowInputs,
  numberFit,
  PlainText,
  TimeoutSeconds,
  textFit,
} from './action-declaration.ts';
import { strictMap } from './violation.ts';

const LIST_FORM = 'must be empty, the text itself, or an https address';

/** What holdfast:patchBaseline works with, after interpolation: the parameters of AWS-RunPatchBaseline (spec.md section 9). */
export const PatchInputs = strictMap({
  operation: z.enum(['Scan', 'Install']),
  rebootOption: z.enum(['RebootIfNeeded', 'NoReboot']).default('RebootIfNeeded'),
  /** JSON, or where it is. */
  baselineOverride: PlainText.max(65_536, LIST_FORM).default(''),
  /** YAML or JSON, or where it is. */
  installOverrideList: PlainText.max(65_536, LIST_FORM).default(''),
  baselineTags: PlainText.default(''),
  snapshotId: PlainText.default(''),
  /** Which compliance it writes: items of type Patch, or the one item of an association. */
  report: z.enum(['Patch', 'Association']).default('Patch'),
  /** `this` is the one that the step runs for. */
  associationId: z
    .string()
    .regex(/^$|^this$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be the id of an association, a UUID, or "this"')
    .default(''),
  timeoutSeconds: TimeoutSeconds.default(DEFAULT_TIMEOUT_SECONDS),
  ...flowInputs,
});
export type PatchInputs = z.infer<typeof PatchInputs>;

const fits: Record<keyof PatchInputs, Fit> = {
  operation: textFit,
  rebootOption: textFit,
  baselineOverride: textFit,
  installOverrideList: textFit,
  baselineTags: textFit,
  snapshotId: textFit,
  report: { whole: [], entry: [] },
  associationId: textFit,
  timeoutSeconds: numberFit,
  ...flowFits,
};

export const patchBaseline: ActionDeclaration<PatchInputs> = {
  platforms: ['Linux', 'Windows'],
  inputs: PatchInputs,
  fits,
  canCheck: true,
  limits: () => [
    'looks for patches with apt, dnf or Windows Update, from the sources that the node has',
    'uses the default baseline of the node’s system, or the one in BaselineOverride: a site stores no patch baselines and no patch groups',
    'restarts the node only where its agent was started with --restart-machine: elsewhere the step waits until somebody has restarted it',
  ],
};
