import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { platformsOf } from '../../../agent/document/known-actions.ts';
import type { SourceFormat } from '../../../agent/document/located-problem.ts';
import { convertedSource, type ParsedDocument, parseDocumentSource } from '../../../agent/document/source.ts';
import { reportOn } from '../../builders/document-report.ts';
import { projectPath } from '../../project-root.ts';

/*
 * Documents in our own words, of the shapes that documents in public have: those that AWS publishes, and those that people write. What
 * AWS takes is taken here; what has no effect there has none here, and its author hears of it.
 */

const FOLDER = projectPath('test/public-shapes');
const files = readdirSync(FOLDER);

const formatOf = (file: string): SourceFormat => (file.endsWith('.json') ? 'JSON' : 'YAML');
const textOf = (file: string): string => readFileSync(`${FOLDER}/${file}`, 'utf8');

function parsed(file: string, text = textOf(file), format = formatOf(file)): ParsedDocument {
  return parseDocumentSource({ documentType: file === 'inventory-2.0.json' ? 'Policy' : 'Command', format, text });
}

const documentOf = (parsing: ParsedDocument): unknown => (parsing.ok ? parsing.document : parsing.problems);

const SCRIPT = 'runtimeConfig."aws:runPowerShellScript"';
const APPLICATION = 'runtimeConfig."aws:applications".properties[0]';

/** By its file: the platforms that it is for, and what in it has no effect. */
const shapes: readonly (readonly [string, string, ...string[]])[] = [
  ['anchors.yaml', 'Linux MacOS'],
  ['application-1.0.json', 'Windows', 'schemaVersion', `${APPLICATION}.extension`],
  ['cloud-watch-1.2.json', 'Windows', 'runtimeConfig."aws:cloudWatch".settings'],
  ['composite.json', 'Linux MacOS Windows', 'mainSteps[0].timeoutSeconds'],
  ['docker-install.json', 'Windows'],
  ['docker.json', 'Linux Windows'],
  ['domain-1.2.json', 'Linux Windows'],
  ['env-var.yaml', 'Linux MacOS', 'mainSteps[0].inputs.interpolationType'],
  ['hardening.yaml', 'Linux MacOS Windows'],
  ['inventory-2.0.json', 'Linux MacOS Windows', 'mainSteps[0].inputs.CustomInventoryDirectory'],
  ['inventory-bare.json', 'Linux MacOS Windows'],
  ['lines-2.0.json', 'Linux MacOS Windows'],
  ['manage-agent.yaml', 'Linux MacOS Windows'],
  ['menu.yaml', 'Linux MacOS'],
  [
    'module-dump.json',
    'Linux MacOS Windows',
    'runtimeConfig',
    'mainSteps[0].maxAttempts',
    'mainSteps[0].onFailure',
    'mainSteps[0].timeoutSeconds',
  ],
  ['monitoring-agent.yaml', 'Linux MacOS Windows', 'mainSteps[0].inputs.allowDowngrade'],
  ['network-loss.yaml', 'Linux MacOS', 'mainSteps[1].inputs.maxAttempts'],
  ['package.yaml', 'Linux MacOS Windows'],
  [
    'patch-hooks.json',
    'Linux MacOS Windows',
    'outputs',
    'files',
    'assumeRole',
    ...['maxAttempts', 'isEnd', 'isCritical', 'onFailure'].map((key) => `mainSteps[0].${key}`),
  ],
  ['playbooks.yaml', 'Linux MacOS Windows'],
  ['private-git.yaml', 'Linux MacOS Windows'],
  ['refresh.json', 'Linux MacOS Windows'],
  ['remote-script.json', 'Linux MacOS Windows'],
  ['run-powershell-lines-1.2.json', 'Linux MacOS Windows', `${SCRIPT}.settings`],
  ['run-shell-lines-1.2.json', 'Linux MacOS'],
  ['several-plugins-1.2.json', 'Windows', `${APPLICATION}.extension`],
  ['update-agent-1.2.json', 'Linux MacOS Windows'],
  ['windows-updates.yaml', 'Linux MacOS Windows'],
];

describe('a document of a shape that is met in public', () => {
  test('is in the table', () => {
    expect(shapes.map(([file]) => file)).toEqual(files.toSorted());
  });

  test.each(shapes)('%s is taken', (file, platforms, ...ignored) => {
    const parsing = parsed(file);
    expect(parsing.ok ? [] : parsing.problems).toEqual([]);
    if (!parsing.ok) return;
    expect(platformsOf(parsing.document).join(' ')).toBe(platforms);
    const told = reportOn(parsing).findings.filter(({ kind }) => kind === 'ignored');
    expect(told.map(({ path }) => path)).toEqual(ignored);
    expect(told.every(({ line }) => line !== null && line > 1)).toBe(true);
  });

  test.each(files)('%s is the same with the line ends of Windows, and in the other language', (file) => {
    const text = textOf(file);
    const other = formatOf(file) === 'JSON' ? 'YAML' : 'JSON';
    const document = documentOf(parsed(file));
    expect(documentOf(parsed(file, `\uFEFF${text.replaceAll('\n', '\r\n')}`))).toEqual(document);
    expect(documentOf(parsed(file, convertedSource({ text, format: formatOf(file) }, other) ?? '', other))).toEqual(document);
    if (formatOf(file) === 'JSON') expect(documentOf(parsed(file, text.replaceAll(/^ +/gm, '\t')))).toEqual(document);
  });
});

describe('what such a document says, its action gets', () => {
  const inputsOf = (file: string, step: number) => {
    const parsing = parsed(file);
    return parsing.ok ? parsing.document.mainSteps[step]?.inputs : null;
  };

  test('by the names of the action, whatever their case', () => {
    expect(inputsOf('inventory-2.0.json', 0)).toMatchObject({ applications: '{{ Applications }}', networkConfig: '{{ NetworkConfig }}' });
    expect(inputsOf('playbooks.yaml', 0)).toEqual({ sourceType: '{{ SourceType }}', sourceInfo: '{{ SourceInfo }}' });
    expect(inputsOf('lines-2.0.json', 1)).toEqual({ runCommand: '{{ commands }}' });
    expect(inputsOf('cloud-watch-1.2.json', 0)).toEqual({ properties: '{{ properties }}' });
  });
});
