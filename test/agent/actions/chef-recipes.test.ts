import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChefOutput } from '../../../agent/actions/chef-output.ts';
import { chefRecipes } from '../../../agent/actions/chef-recipes.ts';
import { ChefInputs } from '../../../agent/document/chef-inputs.ts';
import type { ControllerDesk } from '../../../agent/steps/action.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aZip } from '../../builders/archives.ts';
import { aFileServer } from '../../builders/file-server.ts';
import { aScriptContext } from '../steps/script-context.ts';

/** In the form of chef-client's `--format doc`, by its documentation. */
const APPLIED = `Starting Chef Infra Client, version 16.18.30
resolving cookbooks for run list: ["web::site"]
Converging 5 resources
Recipe: web::site
  * apt_package[nginx] action install (up to date)
  * directory[/srv/web] action create
    - create new directory /srv/web
    - change mode from '' to '0755'
  * template[/srv/web/index.html] action create
    - create new file /srv/web/index.html
    - update content in file /srv/web/index.html from none to a591a6
    --- /srv/web/index.html\t2024-01-01 00:00:00.000000000 +0000
    +++ /srv/web/.chef-index20240101-1-x.html\t2024-01-01 00:00:00.000000000 +0000
    @@ -1 +1,2 @@
    +* not a resource[x] at all
  * execute[once] action run (skipped due to not_if)
  * service[nginx] action enable (up to date)

Running handlers:
Running handlers complete
Chef Infra Client finished, 2/5 resources updated in 03 seconds
`;
const WHY_RUN = APPLIED.replaceAll('- create', '- Would create').replaceAll('- update', '- Would update');

test('what chef-client prints is read as one entry for each resource', () => {
  expect(readChefOutput(APPLIED).map(({ id, action, state, done }) => [id, action, state, done.length])).toEqual([
    ['apt_package[nginx]', 'install', 'up to date', 0],
    ['directory[/srv/web]', 'create', 'updated', 2],
    ['template[/srv/web/index.html]', 'create', 'updated', 2],
    ['execute[once]', 'run', 'skipped', 0],
    ['service[nginx]', 'enable', 'up to date', 0],
  ]);
});

/** A node whose chef-client prints this, and writes down how it was called. */
async function converge(
  output: string,
  { exitCode = 0, mode = 'Enforce' as const, ...inputs }: Record<string, unknown> & { exitCode?: number; mode?: 'Enforce' | 'Audit' } = {},
) {
  const folder = aTemporaryPath();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'output'), output);
  writeFileSync(
    join(folder, 'chef-client'),
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/arguments\ncat "$4" "$6" > ${folder}/files\ncat ${folder}/output\nexit ${exitCode}\n`,
  );
  chmodSync(join(folder, 'chef-client'), 0o755);
  const zip = aZip([{ name: 'repo/cookbooks/web/recipes/site.rb', content: '' }]);
  const { origin } = await aFileServer((_, response) => response.end(zip));
  const uploads: { ComplianceType: string; Items: { Id: string; Status: string; Severity: string }[] }[] = [];
  const controller = {
    ask: (question: { upload: (typeof uploads)[number] }) => {
      uploads.push(question.upload);
      return Promise.resolve({ ignored: false });
    },
  } as unknown as ControllerDesk;
  const context = aScriptContext({ environment: { PATH: `${folder}:/usr/bin:/bin` }, controller, mode });
  const given = {
    sourceType: 'HTTP',
    sourceInfo: { url: `${origin}/repo.zip`, allowInsecureDownload: 'true' },
    runList: 'recipe[web::site], role[base]',
    ...inputs,
  };
  const parsed = ChefInputs.parse(given);
  const outcome = await (mode === 'Audit' ? chefRecipes.check?.(parsed, context) : chefRecipes.run(parsed, context));
  return {
    outcome,
    uploads,
    argumentsGiven: readFileSync(join(folder, 'arguments'), 'utf8'),
    files: readFileSync(join(folder, 'files'), 'utf8'),
  };
}

describe('recipes on this node', () => {
  test('are applied, and each resource is an item of its own', async () => {
    const { outcome, uploads, argumentsGiven, files } = await converge(APPLIED, {
      jsonAttributesContent: '{"web":{"port":8080}}',
      complianceSeverity: 'High',
      chefClientArguments: '--chef-license accept-silent',
    });
    expect(outcome).toMatchObject({
      kind: 'exited',
      changes: [
        { resource: 'directory[/srv/web]', property: 'create', after: "create new directory /srv/web; change mode from '' to '0755'" },
        { resource: 'template[/srv/web/index.html]' },
      ],
    });
    expect(uploads).toMatchObject([{ ComplianceType: 'Custom:Chef', UploadType: 'COMPLETE' }]);
    expect(uploads[0]?.Items.map(({ Id, Status, Severity }) => [Id, Status, Severity])).toEqual([
      ['apt_package[nginx] install', 'COMPLIANT', 'HIGH'],
      ['directory[/srv/web] create', 'COMPLIANT', 'HIGH'],
      ['template[/srv/web/index.html] create', 'COMPLIANT', 'HIGH'],
      ['execute[once] run', 'COMPLIANT', 'HIGH'],
      ['service[nginx] enable', 'COMPLIANT', 'HIGH'],
    ]);
    expect(argumentsGiven).toContain('--chef-license\naccept-silent\n');
    expect(argumentsGiven).not.toContain('--why-run');
    expect(files).toContain('"run_list":["recipe[web::site]","role[base]"]');
    expect(files).toMatch(/cookbook_path \['[^']*source-unpacked-0\/repo\/cookbooks'/);
  });

  test('are only looked at in a why-run: what would change is drift', async () => {
    for (const settings of [{ mode: 'Audit' as const }, { whyRun: 'True' }]) {
      const { outcome, uploads, argumentsGiven } = await converge(WHY_RUN, settings);
      expect(outcome).toMatchObject({
        kind: 'checked',
        drift: [{ resource: 'directory[/srv/web]' }, { resource: 'template[/srv/web/index.html]' }],
      });
      expect(uploads[0]?.Items.filter(({ Status }) => Status === 'NON_COMPLIANT').map(({ Id }) => Id)).toEqual([
        'directory[/srv/web] create',
        'template[/srv/web/index.html] create',
      ]);
      expect(argumentsGiven).toContain('--why-run');
    }
  });

  test('that fail report no compliance; those that ask for a restart get one', async () => {
    const bad = await converge(APPLIED, { exitCode: 1 });
    expect([bad.outcome?.kind, bad.uploads]).toEqual(['failed', []]);
    expect((await converge(APPLIED, { exitCode: 35 })).outcome).toMatchObject({ kind: 'needs-restart' });
  });

  test('need chef-client or cinc-client on the node', async () => {
    const inputs = ChefInputs.parse({ sourceType: 'Git', runList: 'recipe[a]' });
    const outcome = await chefRecipes.run(inputs, aScriptContext({ environment: { PATH: '/nowhere' } }));
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/cinc-client is on this node.*Install one/) });
  });

  test.each([
    { runList: 'recipe[a];id' },
    { runList: '--config /tmp/x' },
    { chefClientArguments: '--config /tmp/x' },
    { chefClientArguments: '-l debug -z' },
    { complianceType: 'Patch' },
  ])('are refused with %j', (inputs) => {
    expect(ChefInputs.safeParse({ sourceType: 'Git', runList: 'recipe[a]', ...inputs }).success).toBe(false);
  });
});
