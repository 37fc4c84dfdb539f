import * as z from 'zod';
import {
  type ActionDeclaration,
  DEFAULT_TIMEOUT_SECONDS,
  type Fit,
  Flag,
  flagFit,
  flowFits,
  flowInputs,
  numberFit,
  PlainText,
  TimeoutSeconds,
  textFit,
} from './action-declaration.ts';
import { CustomComplianceType } from './chef-inputs.ts';
import { strictMap } from './violation.ts';

/** A MOF is at an https address, or on the node already: by an absolute path of Windows. */
const isMofPlace = (place: string): boolean => /^https:\/\/\S+$/.test(place) || /^[A-Za-z]:[\\/][^"<>|*?\0]+$/.test(place);

const mofPlaces = (text: string): string[] => text.split(',').map((place) => place.trim());

const MofList = z
  .string()
  .refine(
    (text) => mofPlaces(text).length <= 50 && mofPlaces(text).every(isMofPlace),
    'must be at most 50 MOFs with commas between, each an https address or an absolute path',
  )
  .transform(mofPlaces);

/** What holdfast:dscMofs works with, after interpolation: the parameters of AWS-ApplyDSCMofs (spec.md section 9). */
export const DscInputs = strictMap({
  mofsToApply: MofList,
  mofOperationMode: z.enum(['Apply', 'ReportOnly']).default('Apply'),
  rebootBehavior: z.enum(['AfterMof', 'Immediately', 'Never']).default('AfterMof'),
  complianceType: CustomComplianceType.default('Custom:DSC'),
  enableVerboseLogging: Flag.default(false),
  allowPSGalleryModuleSource: Flag.default(false),
  preRebootScript: PlainText.max(65_536).default(''),
  timeoutSeconds: TimeoutSeconds.default(DEFAULT_TIMEOUT_SECONDS),
  ...flowInputs,
});
export type DscInputs = z.infer<typeof DscInputs>;

const fits: Record<keyof DscInputs, Fit> = {
  mofsToApply: textFit,
  mofOperationMode: textFit,
  rebootBehavior: textFit,
  complianceType: textFit,
  enableVerboseLogging: flagFit,
  allowPSGalleryModuleSource: flagFit,
  preRebootScript: textFit,
  timeoutSeconds: numberFit,
  ...flowFits,
};

export const dscMofs: ActionDeclaration<DscInputs> = {
  platforms: ['Windows'],
  inputs: DscInputs,
  fits,
  canCheck: true,
  scripts: { preRebootScript: 'powershell' },
  limits: () => [
    'fetches MOFs from https addresses or takes those that are on the node: s3: entries of AWS are none of them',
    'puts {env:NAME} into a MOF and refuses one that asks for {tag:…}, {tagb64:…}, {ssm:…} or {tagssm:…}',
    'uses the DSC modules that are on the node: there is no PowerShell Gallery',
  ],
};
