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

const RUN_ITEM = String.raw`((recipe|role)\[[A-Za-z0-9_.:@-]{1,200}\]|[A-Za-z0-9_.:@-]{1,200})`;
const RUN_LIST = new RegExp(`^\\s*${RUN_ITEM}(\\s*,\\s*${RUN_ITEM})*\\s*$`);

/** The options of chef-client that a document may add: none of them takes away what the step itself says. */
const ARGUMENT = '(-l|--log_level|-E|--environment|--chef-license|--named-run-list)[ =][A-Za-z0-9_-]{1,64}';
const ARGUMENTS = new RegExp(`^\\s*(${ARGUMENT}(\\s+|$))*$`);

/** Of a custom type, as PutComplianceItems has it: one that nobody else writes. */
export const CustomComplianceType = z.string().regex(/^Custom:[A-Za-z0-9_.-]{1,93}$/, 'must be Custom: and a name');

/** None is what AWS's document calls a severity that nobody has chosen. */
export const ItemSeverityWord = z
  .enum(['None', 'Critical', 'High', 'Medium', 'Low', 'Informational', 'Unspecified'])
  .transform((word) => (word === 'None' ? 'UNSPECIFIED' : word.toUpperCase()));

/** What holdfast:chefRecipes works with, after interpolation: the parameters of AWS-ApplyChefRecipes (spec.md section 9). */
export const ChefInputs = strictMap({
  sourceType: z.enum(['GitHub', 'Git', 'HTTP', 'S3']),
  sourceInfo: z.union([PlainText, z.record(z.string(), z.unknown())], 'must be a map').default({}),
  runList: z.string().regex(RUN_LIST, 'must be recipes and roles with commas between, as recipe[web::site],role[base]'),
  jsonAttributesContent: PlainText.max(262_144).default(''),
  chefClientArguments: z
    .string()
    .regex(ARGUMENTS, 'may have -l, -E, --chef-license and --named-run-list, each with its value, and no other options')
    .default(''),
  whyRun: Flag.default(false),
  complianceSeverity: ItemSeverityWord.default('UNSPECIFIED'),
  complianceType: CustomComplianceType.default('Custom:Chef'),
  timeoutSeconds: TimeoutSeconds.default(DEFAULT_TIMEOUT_SECONDS),
  ...flowInputs,
});
export type ChefInputs = z.infer<typeof ChefInputs>;

const fits: Record<keyof ChefInputs, Fit> = {
  sourceType: textFit,
  sourceInfo: mapFit,
  runList: textFit,
  jsonAttributesContent: textFit,
  chefClientArguments: textFit,
  whyRun: flagFit,
  complianceSeverity: textFit,
  complianceType: textFit,
  timeoutSeconds: numberFit,
  ...flowFits,
};

export const chefRecipes: ActionDeclaration<ChefInputs> = {
  platforms: ['Linux', 'Windows'],
  inputs: ChefInputs,
  fits,
  canCheck: true,
  limits: () => [
    'uses the chef-client or cinc-client that is on the node, whatever its version, and installs none',
    'keeps its report with the step and as compliance: ComplianceReportBucket is not written to',
  ],
};
