import * as z from 'zod';
import { DocumentProblem, SourceRemark } from './located-problem.ts';
import { PlatformType } from './precondition.ts';

/** Of a document, and of a platform: as AWS would run it, with differences that are named, or not. */
export const Verdict = z.enum(['runs', 'limited', 'cannot']);
export type Verdict = z.infer<typeof Verdict>;

/**
 * What becomes of a step on a platform. `skipped` and `not-for` are what AWS does as well: where the schema cannot skip a step that is
 * not for the platform, it fails there.
 */
export const PlatformFate = z.enum(['runs', 'limited', 'skipped', 'not-for', 'cannot']);
export type PlatformFate = z.infer<typeof PlatformFate>;

/** `fails` and `limit` change the verdict; the rest is what an author has to know. */
export const FindingKind = z.enum(['fails', 'limit', 'ignored', 'not-for', 'skipped', 'controller', 'secret', 'store', 'needs']);
export type FindingKind = z.infer<typeof FindingKind>;

export const Finding = SourceRemark.extend({
  kind: FindingKind,
  /** The name of the step that it is about; null where it is about the document or a parameter. */
  step: z.string().nullable(),
  /** Where it holds. */
  platforms: z.array(PlatformType),
  /** What of Parameter Store it is about, `name` or `name:version`; null for everything else. */
  reference: z.string().nullable(),
});
export type Finding = z.infer<typeof Finding>;

/** How much can be said before it runs: never more than that is claimed. */
export const DryRunLevel = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);
export type DryRunLevel = z.infer<typeof DryRunLevel>;

/** How much of a document an association in Audit mode can check. */
export const AuditPart = z.enum(['whole', 'part', 'none']);
export type AuditPart = z.infer<typeof AuditPart>;

export const StepReport = z.object({
  name: z.string(),
  action: z.string(),
  /** What the action does, in a few words; null for one that is not known. */
  purpose: z.string().nullable(),
  line: z.number().int().nullable(),
  fates: z.array(z.object({ platform: PlatformType, fate: PlatformFate })),
  canCheck: z.boolean(),
});
export type StepReport = z.infer<typeof StepReport>;

/** What a document does here, before it is saved, imported or run. */
export const CompatibilityReport = z.object({
  verdict: Verdict,
  /** The verdict as a sentence. */
  summary: z.string(),
  /** What keeps the text from being a document; nothing else is known of it then. */
  problems: z.array(DocumentProblem),
  platforms: z.array(z.object({ platform: PlatformType, fate: PlatformFate })),
  dryRun: DryRunLevel,
  audit: AuditPart,
  steps: z.array(StepReport),
  findings: z.array(Finding),
  /** What is asked of the controller while it runs: empty for a document that runs without one. */
  needsController: z.array(z.string()),
  /** Parameters whose value may be a secret. */
  secretParameters: z.array(z.string()),
  /** Names in Parameter Store that it refers to itself. */
  references: z.array(z.string()),
});
export type CompatibilityReport = z.infer<typeof CompatibilityReport>;

export const ALL_PLATFORMS: readonly PlatformType[] = ['Linux', 'MacOS', 'Windows'];
