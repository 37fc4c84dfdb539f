import { describe, expect, test } from 'vitest';
import { purposeOf } from '../../../agent/document/action-purposes.ts';
import { reportAtSite, stepsReport, warningsOf } from '../../../agent/document/compatibility.ts';
import type { CompatibilityReport } from '../../../agent/document/compatibility-report.ts';
import { knownActionNames } from '../../../agent/document/known-actions.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';

interface WrittenStep {
  readonly action?: string;
  readonly precondition?: unknown;
  readonly inputs?: Record<string, unknown>;
}

function reportOn({
  steps,
  schemaVersion = '2.2',
  parameters = {},
}: {
  steps: WrittenStep[];
  schemaVersion?: string;
  parameters?: object;
}) {
  const mainSteps = steps.map(({ action = 'aws:runShellScript', inputs = { runCommand: ['true'] }, ...rest }, position) => {
    return { action, name: `step${position}`, inputs, ...rest };
  });
  return reportOf(JSON.stringify({ schemaVersion, parameters, mainSteps }, null, 1));
}

function reportOf(text: string): CompatibilityReport {
  const parsed = parseDocumentSource({ text, format: 'JSON' });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return stepsReport(parsed.document, parsed.origin);
}

const onlyOn = (platform: string) => ({ StringEquals: ['platformType', platform] });
const fatesOf = ({ platforms }: CompatibilityReport) => Object.fromEntries(platforms.map(({ platform, fate }) => [platform, fate]));
const RETIRED = { action: 'aws:cloudWatch', inputs: { properties: 'x' } };

describe('a document', () => {
  test('of shell steps runs as it is where there is a shell, and is skipped where there is none', () => {
    const report = reportOn({ steps: [{}] });
    expect(report).toMatchObject({ verdict: 'runs', dryRun: 1, audit: 'none', needsController: [] });
    expect(fatesOf(report)).toEqual({ Linux: 'runs', MacOS: 'runs', Windows: 'skipped' });
  });

  test('below schema 2.2 fails on the other platform as at AWS, which takes nothing from the verdict', () => {
    const report = reportOn({ steps: [{}], schemaVersion: '2.0' });
    expect(report.verdict).toBe('runs');
    expect(fatesOf(report)).toEqual({ Linux: 'runs', MacOS: 'runs', Windows: 'not-for' });
  });

  test('is not said to be unable to run somewhere because of a step for another platform', () => {
    const steps = [{ precondition: onlyOn('linux') }, { action: 'aws:runPowerShellScript', precondition: onlyOn('Windows') }];
    const report = reportOn({ steps });
    expect(fatesOf(report)).toEqual({ Linux: 'runs', MacOS: 'skipped', Windows: 'runs' });
    expect(report).toMatchObject({ verdict: 'runs', summary: 'Runs as it is on Linux and Windows.' });
    expect(reportOn({ steps: [{ action: 'aws:runPowerShellScript' }] }).summary).toBe('Runs as it is on Linux, macOS and Windows.');
    expect(report.findings.map(({ kind, line }) => [kind, line !== null])).toContainEqual(['skipped', true]);
  });

  test('of an action that AWS has retired cannot run on the platform that it is for, with the reason at its line', () => {
    const report = reportOn({ steps: [{}, RETIRED] });
    expect(fatesOf(report)).toEqual({ Linux: 'runs', MacOS: 'runs', Windows: 'cannot' });
    expect(report.verdict).toBe('limited');
    const [warning] = warningsOf(report);
    expect(warning).toMatchObject({ kind: 'fails', step: 'step1', platforms: ['Windows'], path: 'mainSteps[1].action' });
    expect(warning?.message).toContain('AWS has retired it');
    expect(reportOn({ steps: [RETIRED] }).verdict).toBe('cannot');
  });

  test('with a precondition in an older schema cannot run, and the precondition is named', () => {
    const report = reportOn({ steps: [{ precondition: onlyOn('Linux') }], schemaVersion: '2.0' });
    expect(report.verdict).toBe('cannot');
    expect(warningsOf(report)[0]).toMatchObject({ kind: 'fails', path: 'mainSteps[0].precondition' });
  });

  test('that asks something of the controller says so', () => {
    const report = reportOn({ steps: [{ action: 'aws:refreshAssociation', inputs: { associationIds: [] } }] });
    expect(report.needsController).toEqual(['It needs the controller: it asks for the associations to be applied.']);
  });

  test('names the parameters that may be secrets', () => {
    const parameters = { token: { type: 'String', interpolationType: 'ENV_VAR' }, name: { type: 'String', default: 'x' } };
    expect(reportOn({ steps: [{}], parameters }).secretParameters).toEqual(['token']);
  });

  test('that refers to what a site does not have runs with that limit there', () => {
    const report = reportOn({ steps: [{ inputs: { runCommand: ['echo {{ssm:port}}'] } }] });
    expect(report).toMatchObject({ verdict: 'runs', references: ['port'] });
    expect(reportAtSite(report, () => true)).toBe(report);
    const there = reportAtSite(report, () => false);
    expect(there.verdict).toBe('limited');
    expect(warningsOf(there)[0]).toMatchObject({ kind: 'limit', path: 'mainSteps[0].inputs.runCommand[0]' });
  });

  test('of schema 1.2 has its places in runtimeConfig', () => {
    const runtimeConfig = { 'aws:cloudWatch': { properties: [{ properties: 'x' }] } };
    const report = reportOf(JSON.stringify({ schemaVersion: '1.2', runtimeConfig }, null, 1));
    expect(report.steps[0]?.line).toBe(4);
    expect(warningsOf(report)[0]?.path).toBe('runtimeConfig."aws:cloudWatch"');
  });
});

test('every action that a document may name has words for what it does', () => {
  expect(knownActionNames().filter((action) => purposeOf(action) === null)).toEqual([]);
});
