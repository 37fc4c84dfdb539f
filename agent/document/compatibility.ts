import { purposeOf } from './action-purposes.ts';
import {
  ALL_PLATFORMS,
  type AuditPart,
  type CompatibilityReport,
  type DryRunLevel,
  type Finding,
  type PlatformFate,
  type StepReport,
  type Verdict,
} from './compatibility-report.ts';
import { type DocumentContent, partsOf } from './document.ts';
import { fatesOfStep, ignoredFindings, type PathFinding, platformNames, referenceFindings, type StepFates } from './findings.ts';
import { checks } from './known-actions.ts';
import { type DocumentProblem, placed, type ReadSource } from './located-problem.ts';
import { referencesIn } from './parameter-references.ts';
import type { Runbook } from './runbook.ts';
import { takesSecret } from './secret-references.ts';
import type { DocumentOrigin } from './source.ts';

/** What a document of steps does here, on every platform; nothing is asked but its text. */
export function stepsReport(document: DocumentContent, { source, places }: DocumentOrigin): CompatibilityReport {
  const steps = document.mainSteps.map((step, position) => {
    const where = places[position] ?? { path: [], action: { path: [], half: 'value' as const }, parts: [] };
    return { step, where, ...fatesOfStep(step, where, document) };
  });
  const findings = inOrder(
    [...steps.flatMap((each) => each.findings), ...referenceFindings(document, places), ...ignoredFindings(source)],
    source,
  );
  const platforms = ALL_PLATFORMS.map((platform) => ({ platform, fate: fateOfAll(steps, platform) }));
  const verdict = verdictOf(platforms.map(({ fate }) => fate));
  const reached = steps
    .filter(({ fates }) => fates.some(({ fate }) => fate === 'runs' || fate === 'limited'))
    .map(({ step }) => step.action);
  return {
    verdict,
    summary: summaryOf(verdict, platforms),
    problems: [],
    platforms,
    dryRun: dryRunOf(reached),
    audit: auditOf(reached),
    steps: reportsOf(steps, source),
    findings,
    needsController: [...new Set(findings.filter(({ kind }) => kind === 'controller').map(({ message }) => message))],
    secretParameters: Object.entries(document.parameters).flatMap(([name, definition]) => (takesSecret(definition) ? [name] : [])),
    references: referencesIn([Object.values(document.parameters).map((definition) => definition.default), document.mainSteps.map(partsOf)]),
  };
}

/** What changes something first, then what is only to be known: of each, as many as somebody reads. */
function inOrder(found: readonly PathFinding[], source: ReadSource): Finding[] {
  const warnings = found.filter(isWarning);
  const notes = found.filter((finding) => !isWarning(finding));
  return [warnings, notes].flatMap((some) =>
    placed(some, source).map(({ found: { half: _half, ...finding }, ...place }): Finding => ({ ...finding, ...place })),
  );
}

const isWarning = ({ kind }: Pick<Finding, 'kind'>): boolean => kind === 'fails' || kind === 'limit' || kind === 'ignored';

type StepOutcome = StepFates & {
  step: DocumentContent['mainSteps'][number];
  where: { action: { path: readonly (string | number)[]; half: 'key' | 'value' } };
};

function reportsOf(steps: readonly StepOutcome[], source: ReadSource): StepReport[] {
  const actions = steps.map(({ where }, position) => ({ ...where.action, position }));
  const lineOf = new Map(placed(actions, source).map(({ found: { position }, line }) => [position, line]));
  return steps.map(({ step, fates }, position) => ({
    name: step.name,
    action: step.action,
    purpose: purposeOf(step.action),
    line: lineOf.get(position) ?? null,
    fates: [...fates],
    canCheck: checks(step.action),
  }));
}

/** A step that fails makes the document fail; one that is skipped takes nothing away. */
function fateOfAll(steps: readonly StepFates[], platform: string): PlatformFate {
  const fates = steps.flatMap(({ fates }) => fates.filter((each) => each.platform === platform).map(({ fate }) => fate));
  for (const fate of ['cannot', 'not-for', 'limited', 'runs'] as const) if (fates.includes(fate)) return fate;
  return 'skipped';
}

/** Platforms that the document is not for do not count: that is so at AWS as well. */
function verdictOf(fates: readonly PlatformFate[]): Verdict {
  const counted = fates.filter((fate) => fate !== 'skipped' && fate !== 'not-for');
  if (counted.length > 0 && counted.every((fate) => fate === 'cannot')) return 'cannot';
  return counted.length > 0 && counted.every((fate) => fate === 'runs') ? 'runs' : 'limited';
}

function summaryOf(verdict: Verdict, platforms: CompatibilityReport['platforms']): string {
  const on = (...fates: PlatformFate[]) => platforms.filter(({ fate }) => fates.includes(fate)).map(({ platform }) => platform);
  const running = on('runs', 'limited');
  const failing = on('cannot');
  switch (verdict) {
    case 'runs':
      return `Runs as it is on ${platformNames(running)}.`;
    case 'cannot':
      return 'Cannot run here.';
    case 'limited':
      if (running.length === 0) return 'Runs, and does nothing: no platform has a step that it can run.';
      return `Runs on ${platformNames(running)}, with limits${failing.length === 0 ? '' : `; cannot run on ${platformNames(failing)}`}.`;
  }
}

/** Of actions whose check tells each resource that differs; the others with a check have a mode of their own. */
const RESOURCE_ACTIONS: readonly string[] = [
  'holdfast:file',
  'holdfast:package',
  'holdfast:service',
  'holdfast:user',
  'holdfast:firewallPort',
  'holdfast:networkSetting',
];

/** The least of what any step allows. */
function dryRunOf(actions: readonly string[]): DryRunLevel {
  if (actions.length === 0) return 0;
  if (!actions.every(isCheckedHere)) return 1;
  return actions.every((action) => RESOURCE_ACTIONS.includes(action)) ? 3 : 2;
}

/** What aws:runDocument can check is decided by the document that it runs, which is not known here. */
const isCheckedHere = (action: string): boolean => checks(action) && action !== 'aws:runDocument';

function auditOf(actions: readonly string[]): AuditPart {
  if (actions.length > 0 && actions.every(isCheckedHere)) return 'whole';
  return actions.some(checks) ? 'part' : 'none';
}

const nothingKnown: Omit<CompatibilityReport, 'verdict' | 'summary'> = {
  problems: [],
  platforms: [],
  dryRun: 0,
  audit: 'none',
  steps: [],
  findings: [],
  needsController: [],
  secretParameters: [],
  references: [],
};

/** Of a text that is no document. */
export function refusedReport(problems: readonly DocumentProblem[]): CompatibilityReport {
  const count = problems.length === 1 ? 'one thing is' : `${problems.length} things are`;
  return { ...nothingKnown, verdict: 'cannot', summary: `Is refused: ${count} wrong with it.`, problems: [...problems] };
}

/** Of a runbook, which is kept and checked, and not run. */
export function runbookReport({ mainSteps }: Runbook): CompatibilityReport {
  const message = 'Runbooks cannot run here yet: this version of Holdfast keeps and checks them, and runs Command and Policy documents.';
  const finding: Finding = { message, line: null, column: null, path: '', kind: 'fails', step: null, platforms: [], reference: null };
  const steps = mainSteps.map(({ name, action }) => ({ name, action, purpose: null, line: null, fates: [], canCheck: false }));
  return { ...nothingKnown, verdict: 'cannot', summary: 'Can be kept here, and not run: it is a runbook.', steps, findings: [finding] };
}

export const calendarReport: CompatibilityReport = {
  ...nothingKnown,
  verdict: 'runs',
  summary: 'A change calendar, which associations can wait for.',
};

/** The report where it is known what Parameter Store has. `knows` takes `name` or `name:version`. */
export function reportAtSite(report: CompatibilityReport, knows: (reference: string) => boolean): CompatibilityReport {
  const isMissing = ({ kind, reference }: Finding) => kind === 'store' && reference !== null && !knows(reference);
  if (!report.findings.some(isMissing)) return report;
  const findings = report.findings.map((finding): Finding => {
    if (!isMissing(finding)) return finding;
    const { reference } = finding;
    const message = `This site has no parameter ${reference}, to which {{ssm:${reference}}} refers: every run fails until there is one.`;
    return { ...finding, kind: 'limit', message };
  });
  const verdict = report.verdict === 'runs' ? 'limited' : report.verdict;
  const summary =
    report.verdict === 'runs' ? `${report.summary.replace(/\.$/, '')}, once the parameters that it refers to are there.` : report.summary;
  return { ...report, verdict, summary, findings };
}

/** What an author is told at the lines of the source: what is right, and will not do here what it says. */
export const warningsOf = ({ findings }: CompatibilityReport): readonly Finding[] => findings.filter(isWarning);
