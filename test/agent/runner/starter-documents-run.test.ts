import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { validateParameters } from '../../../agent/document/parameters.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import type { ApplyMode } from '../../../agent/protocol/run-order.ts';
import { runInline } from '../../../agent/runner/inline-document.ts';
import { planDocument } from '../../../agent/runner/plan.ts';
import { STARTER_DOCUMENTS } from '../../../electron/controller/starter-documents/starter-documents.ts';
import { LocalAptRepository, testWithApt } from '../../builders/local-apt-repository.ts';
import { aScriptContext } from '../steps/script-context.ts';

/** A document that comes with Holdfast, run as an agent runs it, on a node that has this apt. */
async function run(
  name: string,
  { parameters, mode, apt }: { parameters: Record<string, string[]>; mode: ApplyMode; apt: LocalAptRepository },
) {
  const text = STARTER_DOCUMENTS.find((document) => document.name === name)?.content ?? '';
  const parsed = parseDocumentSource({ text, format: 'YAML' });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join());
  const validated = validateParameters(parsed.document.parameters, parameters);
  if (!validated.ok) throw new Error(validated.problems.map(({ message }) => message).join());
  const planned = planDocument(parsed.document, { documentName: name, values: validated.values, secrets: [], platform: 'Linux', mode });
  if (!planned.ok) throw planned.failure;
  const context = aScriptContext({ mode, environment: apt.environment });
  return runInline(planned.plan, context);
}

testWithApt('the software of every node is audited without a change, installed, and then as it should be', async () => {
  const apt = await LocalAptRepository.open([
    { name: 'hf-editor', version: '2.0', files: { 'opt/hf/editor': 'editor' } },
    { name: 'hf-shell', version: '1.0' },
  ]);
  const parameters = { packages: ['hf-editor', 'hf-shell'] };
  const before = apt.fingerprint();
  const audited = await run('Holdfast-Software', { parameters, mode: 'Audit', apt });
  expect(audited.results).toMatchObject([
    { status: 'Success', drift: [{ resource: 'package hf-editor', before: null, after: '2.0' }, {}] },
  ]);
  expect(apt.fingerprint()).toBe(before);
  const enforced = await run('Holdfast-Software', { parameters, mode: 'Enforce', apt });
  expect(enforced).toMatchObject({ status: 'Success', results: [{ status: 'Success', changes: [{ resource: 'package hf-editor' }, {}] }] });
  expect(existsSync(join(apt.root, 'opt/hf/editor'))).toBe(true);
  expect((await run('Holdfast-Software', { parameters, mode: 'Audit', apt })).results).toEqual([
    { status: 'Success', exitCode: 0, drift: [] },
  ]);
  apt.close();
});

testWithApt('the antivirus is audited by all its steps: what a step would bring is missing for the next one, and no failure', async () => {
  const apt = await LocalAptRepository.open([
    { name: 'clamav', version: '1.4' },
    { name: 'clamav-daemon', version: '1.4' },
    { name: 'clamav-freshclam', version: '1.4' },
  ]);
  const { results } = await run('Holdfast-Antivirus', { parameters: {}, mode: 'Audit', apt });
  expect(results[0]).toMatchObject({ status: 'Success', drift: [{ resource: 'package clamav' }, {}, {}] });
  expect(results.slice(1)).toMatchObject([
    { status: 'Success', drift: [{ resource: 'service clamav-freshclam', before: null, after: 'enabled' }, { after: 'running' }] },
    { status: 'Success', drift: [{ resource: 'service clamav-daemon', before: null, after: 'enabled' }, { after: 'running' }] },
  ]);
  const enforced = await run('Holdfast-Antivirus', { parameters: {}, mode: 'Enforce', apt });
  expect(enforced.results.slice(1)).toMatchObject([{ reason: expect.stringContaining('E-SERVICE-UNKNOWN') }, { status: 'Failed' }]);
  apt.close();
});
