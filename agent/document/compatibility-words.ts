import type { AuditPart, CompatibilityReport, DryRunLevel, Finding, PlatformFate, Verdict } from './compatibility-report.ts';
import type { DocumentProblem } from './located-problem.ts';
import type { PlatformType } from './precondition.ts';

/* The report in words: in the window and on a terminal the same ones. */

export const verdictWords: Record<Verdict, string> = { runs: 'Runs as it is', limited: 'Runs with limits', cannot: 'Cannot run here' };

export const fateWords: Record<PlatformFate, string> = {
  runs: 'Runs',
  limited: 'With limits',
  skipped: 'Skipped',
  'not-for': 'Not for it',
  cannot: 'Cannot run',
};

export const auditWords: Record<AuditPart, string> = {
  whole: 'All of it can be checked without changing anything.',
  part: 'Some steps can be checked; the others are not run in Audit mode.',
  none: 'Nothing in it can be checked, so it is not run in Audit mode.',
};

export const dryRunWords: Record<DryRunLevel, string> = {
  0: 'Level 0: its targets and its schedule, and no more.',
  1: 'Level 1: its steps with the parameters filled in; what they would change is not known.',
  2: 'Level 2: a check mode of its own, which Audit runs.',
  3: 'Level 3: what it would change, resource by resource, before and after.',
};

export const controllerWords = ({ needsController, references }: CompatibilityReport): string =>
  needsController.length === 0 && references.length === 0 ? 'Runs without one.' : 'Needed while it runs, so it is not run whole by hand.';

const platformLabels: Record<PlatformType, string> = { Linux: 'Linux', MacOS: 'macOS', Windows: 'Windows' };

/** The report for a terminal, with the places as compilers write them. */
export function reportText(report: CompatibilityReport, file: string): string {
  const { summary, problems, platforms, findings, steps, secretParameters } = report;
  const head = [`${file}: ${summary}`];
  if (problems.length > 0) return lines([...head, ...problems.map((problem) => placedLine(problem, file))]);
  const facts = [
    ...platforms.map(({ platform, fate }) => factLine(platformLabels[platform], fateWords[fate])),
    ...(platforms.length === 0 ? [] : [factLine('Dry run', dryRunWords[report.dryRun]), factLine('Audit mode', auditWords[report.audit])]),
    ...(platforms.length === 0 ? [] : [factLine('Controller', controllerWords(report))]),
    ...(secretParameters.length === 0 ? [] : [factLine('May be secret', secretParameters.join(', '))]),
  ];
  const stepLines = steps.map(({ name, action, purpose }, position) => {
    return `  ${position + 1}. ${name}  ${action}${purpose === null ? '' : `: ${purpose}`}`;
  });
  return lines([
    ...head,
    ...section('', facts),
    ...section('Steps', stepLines),
    ...section(
      'To know',
      findings.map((each) => placedLine(each, file)),
    ),
  ]);
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
const section = (title: string, body: readonly string[]): readonly string[] =>
  body.length === 0 ? [] : ['', ...(title === '' ? [] : [title]), ...body];
const factLine = (label: string, value: string): string => `  ${label.padEnd(14)}${value}`;

function placedLine({ message, line, column, ...rest }: Finding | DocumentProblem, file: string): string {
  const place = line === null ? file : `${file}:${line}${column === null ? '' : `:${column}`}`;
  const step = 'step' in rest && rest.step !== null ? `${rest.step}: ` : '';
  return `  ${place}: ${step}${message}`;
}
