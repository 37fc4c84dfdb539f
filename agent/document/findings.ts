import { controllerNeed, programNeed } from './action-purposes.ts';
import { ALL_PLATFORMS, type Finding, type FindingKind, type PlatformFate } from './compatibility-report.ts';
import { type DocumentContent, partsOf, type Step } from './document.ts';
import { ignoredKeys } from './ignored-keys.ts';
import type { ReadSource } from './located-problem.ts';
import { referencesIn } from './parameter-references.ts';
import type { Path } from './path.ts';
import { comparedPlatform, type PlatformType } from './precondition.ts';
import { hasSecretReference } from './secret-references.ts';
import { type Fate, fateOn, limitsOf, whyNotRun } from './step-fate.ts';
import { textsIn } from './texts.ts';
import type { Violation } from './violation.ts';

/** Where a step stands in its source. */
export interface StepWhere {
  readonly path: Path;
  readonly action: { readonly path: Path; readonly half: 'key' | 'value' };
  readonly parts: readonly Path[];
}

/** A finding before its line is looked up. */
export type PathFinding = Violation & Pick<Finding, 'kind' | 'step' | 'platforms' | 'reference'>;

export interface StepFates {
  readonly fates: readonly { readonly platform: PlatformType; readonly fate: PlatformFate }[];
  readonly findings: readonly PathFinding[];
}

const names: Record<PlatformType, string> = { Linux: 'Linux', MacOS: 'macOS', Windows: 'Windows' };

/** `Linux, macOS and Windows`. */
export function platformNames(platforms: readonly PlatformType[]): string {
  const all = platforms.map((platform) => names[platform]);
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} and ${last}`;
}

/** What becomes of a step on each platform, and what its author has to know of that. */
export function fatesOfStep(step: Step, where: StepWhere, { schemaVersion }: Pick<DocumentContent, 'schemaVersion'>): StepFates {
  const known = ALL_PLATFORMS.map((platform) => ({ platform, fate: fateOn(platform, { ...step, schemaVersion }) }));
  const reached = known.filter(({ fate }) => fate.do === 'run').map(({ platform }) => platform);
  const notRun = whyNotRun(step);
  const finding = (kind: FindingKind, message: string, platforms: readonly PlatformType[]): PathFinding => ({
    ...where.action,
    kind,
    message,
    step: step.name,
    platforms: [...platforms],
    reference: null,
  });
  const limits = notRun === null && reached.length > 0 ? limitFindings(step, reached, finding) : [];
  const findings = [
    ...(notRun === null || reached.length === 0 ? [] : [finding('fails', `${notRun}.`, reached)]),
    ...limits,
    ...earlyPrecondition(step, where, known),
    ...platformFindings(step, known, finding),
    ...(notRun === null && reached.length > 0 ? needFindings(step, { where, reached, finding }) : []),
  ];
  const fates = known.map(({ platform, fate }) => ({
    platform,
    fate: shownFate(fate, { isRun: notRun === null, isLimited: limits.length > 0 }),
  }));
  return { fates, findings };
}

function shownFate(fate: Fate, { isRun, isLimited }: { isRun: boolean; isLimited: boolean }): PlatformFate {
  switch (fate.do) {
    case 'skip':
      return 'skipped';
    case 'fail':
      return fate.by === 'platform' ? 'not-for' : 'cannot';
    case 'run':
      return isRun ? (isLimited ? 'limited' : 'runs') : 'cannot';
  }
}

function limitFindings(step: Step, platforms: readonly PlatformType[], finding: MakeFinding): PathFinding[] {
  const messages = new Set(partsOf(step).flatMap((inputs) => limitsOf(step, inputs)));
  return [...messages].map((message) => finding('limit', message, platforms));
}

/** Below schema 2.2 a precondition makes the step fail, here and at AWS. */
function earlyPrecondition(
  { name }: Step,
  { path }: StepWhere,
  known: readonly { readonly platform: PlatformType; readonly fate: Fate }[],
): PathFinding[] {
  const platforms = known.filter(({ fate }) => fate.do === 'fail' && fate.by === 'schema').map(({ platform }) => platform);
  if (platforms.length === 0) return [];
  const message = 'The precondition is of schema 2.2: in a document of an older schema it makes the step fail.';
  return [{ path: [...path, 'precondition'], half: 'key', kind: 'fails', message, step: name, platforms, reference: null }];
}

type Known = readonly { readonly platform: PlatformType; readonly fate: Fate }[];
type MakeFinding = (kind: FindingKind, message: string, platforms: readonly PlatformType[]) => PathFinding;

function platformFindings({ action, precondition }: Step, known: Known, finding: MakeFinding): PathFinding[] {
  const of = (does: Fate['do'], by: string) =>
    known.filter(({ fate }) => fate.do === does && fate.do !== 'run' && fate.by === by).map(({ platform }) => platform);
  const unfit = of('skip', 'platform');
  const other = of('skip', 'precondition');
  const failing = of('fail', 'platform');
  const only = precondition === undefined ? null : comparedPlatform(precondition);
  return [
    ...(unfit.length === 0 ? [] : [finding('skipped', `Skipped on ${platformNames(unfit)}: ${action} is not for it.`, unfit)]),
    ...(other.length === 0 ? [] : [finding('skipped', `Skipped on ${platformNames(other)}: its precondition is for ${only} only.`, other)]),
    ...(failing.length === 0
      ? []
      : [
          finding(
            'not-for',
            `Fails on ${platformNames(failing)}, as at AWS: ${action} is not for it, and this schema skips nothing.`,
            failing,
          ),
        ]),
  ];
}

function needFindings(
  step: Step,
  { where, reached, finding }: { where: StepWhere; reached: readonly PlatformType[]; finding: MakeFinding },
): PathFinding[] {
  const { action, name } = step;
  const wants = new Set(partsOf(step).flatMap((inputs) => controllerNeed(action, inputs) ?? []));
  const program = programNeed(action);
  const lacking = program === null ? [] : program.platforms.filter((platform) => reached.includes(platform));
  const secrets = partsOf(step).flatMap((inputs, position) =>
    textsIn(inputs)
      .filter(({ text }) => hasSecretReference(text))
      .map(({ path }): PathFinding => {
        const message = 'A secret of Parameter Store, which only the controller can hand over.';
        return {
          path: [...(where.parts[position] ?? where.path), ...path],
          half: 'value',
          kind: 'secret',
          message,
          step: name,
          platforms: [...reached],
          reference: null,
        };
      }),
  );
  return [
    ...[...wants].map((want) => finding('controller', `It needs the controller: it ${want}.`, reached)),
    ...(program === null || lacking.length === 0
      ? []
      : [finding('needs', `It needs ${program.program} on the node (${platformNames(lacking)}).`, lacking)]),
    ...secrets,
  ];
}

/** Of the document's own references to Parameter Store. */
export function referenceFindings({ parameters, mainSteps }: DocumentContent, places: readonly StepWhere[]): PathFinding[] {
  const defaults = Object.entries(parameters).map(([name, { default: value }]) => {
    return { value, at: ['parameters', name, 'default'] as Path, step: null };
  });
  const inputs = mainSteps.flatMap((step, position) =>
    partsOf(step).map((value, part) => ({ value, at: places[position]?.parts[part] ?? ['mainSteps', position], step: step.name })),
  );
  return [...defaults, ...inputs].flatMap(({ value, at, step }) =>
    textsIn(value).flatMap(({ path, text }) =>
      referencesIn(text).map((reference): PathFinding => {
        const message = `{{ssm:${reference}}} is put in by the controller when it runs.`;
        return { path: [...at, ...path], half: 'value', kind: 'store', message, step, platforms: [...ALL_PLATFORMS], reference };
      }),
    ),
  );
}

/** What the document says, and nobody reads: here no more than at AWS. */
export function ignoredFindings({ content }: Pick<ReadSource, 'content'>): PathFinding[] {
  return ignoredKeys(content).map((found) => ({ ...found, kind: 'ignored', step: null, platforms: [...ALL_PLATFORMS], reference: null }));
}
