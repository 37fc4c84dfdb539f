import * as z from 'zod';
import { readJson } from './json-source.ts';
import { plainValue, type SourceReading } from './source-node.ts';
import { violationsOf } from './violation.ts';
import { readYaml } from './yaml-source.ts';

/** How bad it is that an approved patch is missing: the severities of compliance items. */
export const PatchComplianceLevel = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNSPECIFIED']);
export type PatchComplianceLevel = z.infer<typeof PatchComplianceLevel>;

/** The systems that patches are looked for on here, spelled as the SSM API spells them. */
export const PatchedSystem = z.enum([
  'DEBIAN',
  'UBUNTU',
  'RASPBIAN',
  'REDHAT_ENTERPRISE_LINUX',
  'CENTOS',
  'ROCKY_LINUX',
  'ALMA_LINUX',
  'ORACLE_LINUX',
  'AMAZON_LINUX_2023',
  'WINDOWS',
]);
export type PatchedSystem = z.infer<typeof PatchedSystem>;

/** What a filter may ask of a patch. Systems know some of them each; a patch without what is asked does not pass. */
export const PatchFilterKey = z.enum([
  'PRODUCT',
  'PRODUCT_FAMILY',
  'CLASSIFICATION',
  'SEVERITY',
  'MSRC_SEVERITY',
  'PRIORITY',
  'SECTION',
  'ARCH',
  'NAME',
  'VERSION',
  'RELEASE',
  'EPOCH',
  'REPOSITORY',
  'PATCH_ID',
  'CVE_ID',
  'ADVISORY_ID',
  'SECURITY',
]);
export type PatchFilterKey = z.infer<typeof PatchFilterKey>;

const FilterGroup = z.strictObject({
  PatchFilters: z.array(z.strictObject({ Key: PatchFilterKey, Values: z.array(z.string().min(1).max(64)).min(1).max(20) })).max(5),
});
export type FilterGroup = z.infer<typeof FilterGroup>;

const ApprovalRule = z
  .strictObject({
    PatchFilterGroup: FilterGroup,
    ComplianceLevel: PatchComplianceLevel.default('UNSPECIFIED'),
    ApproveAfterDays: z.number().int().min(0).max(360).optional(),
    ApproveUntilDate: z.iso.date('must be a day, as 2026-01-31').optional(),
    EnableNonSecurity: z.boolean().default(false),
  })
  .refine(
    ({ ApproveAfterDays, ApproveUntilDate }) => ApproveAfterDays === undefined || ApproveUntilDate === undefined,
    'may have ApproveAfterDays or ApproveUntilDate, and not both',
  );
export type ApprovalRule = z.infer<typeof ApprovalRule>;

const PatchNames = z.array(z.string().min(1).max(100)).max(50).default([]);

/** A patch baseline as the SSM API has it: BaselineOverride, and what GetPatchBaseline answers with. */
const PatchBaseline = z.object({
  BaselineId: z.string().min(1).max(128).optional(),
  Name: z.string().max(128).optional(),
  OperatingSystem: z.string().max(64),
  GlobalFilters: FilterGroup.default({ PatchFilters: [] }),
  ApprovalRules: z.strictObject({ PatchRules: z.array(ApprovalRule).max(10) }).default({ PatchRules: [] }),
  ApprovedPatches: PatchNames,
  ApprovedPatchesComplianceLevel: PatchComplianceLevel.default('UNSPECIFIED'),
  ApprovedPatchesEnableNonSecurity: z.boolean().default(false),
  RejectedPatches: PatchNames,
  RejectedPatchesAction: z.enum(['ALLOW_AS_DEPENDENCY', 'BLOCK']).default('ALLOW_AS_DEPENDENCY'),
  Sources: z.array(z.unknown()).max(0, 'cannot be set here: give the node its package sources with a document of its own').default([]),
});
export type PatchBaseline = z.infer<typeof PatchBaseline>;

const Override = z
  .union([z.array(z.unknown()), z.record(z.string(), z.unknown())], 'must be a baseline, or a list of baselines')
  .transform((given) => [given].flat())
  .pipe(z.array(PatchBaseline).min(1).max(20));

const OverrideList = z.object({
  patches: z.array(z.object({ id: z.string().min(1).max(256), title: z.string().max(512).optional() })).max(1000),
});
/** The only patches that are to be installed, whatever a baseline approves. */
export type InstallList = z.infer<typeof OverrideList>['patches'];

export type ReadText<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: string };

/** Far more than 20 baselines or 1000 patches have. */
export const MOST_OVERRIDE_BYTES = 256 * 1024;

/** BaselineOverride: a JSON list of baselines, of which each node uses the one of its operating system. */
export const readBaselines = (text: string): ReadText<PatchBaseline[]> => read('BaselineOverride', { text, reading: readJson }, Override);

/** InstallOverrideList: YAML or JSON. */
export function readInstallList(text: string): ReadText<InstallList> {
  const listed = read('InstallOverrideList', { text, reading: readYaml }, OverrideList);
  return listed.ok ? { ok: true, value: listed.value.patches } : listed;
}

function read<Value>(
  name: string,
  { text, reading }: { text: string; reading: (text: string) => SourceReading },
  schema: z.ZodType<Value>,
): ReadText<Value> {
  if (text.length > MOST_OVERRIDE_BYTES) return { ok: false, problem: `${name} has more than ${MOST_OVERRIDE_BYTES} characters.` };
  const source = reading(text);
  if (!source.ok) return { ok: false, problem: `${name} cannot be read. ${source.faults[0]?.message ?? ''}` };
  const root = plainValue(source.root);
  const parsed = schema.safeParse(root);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [first] = violationsOf(parsed.error, { root, at: [name] });
  return { ok: false, problem: first?.message ?? `${name} is not right.` };
}
