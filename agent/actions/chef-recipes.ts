import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ChefInputs } from '../document/chef-inputs.ts';
import { sourceFolders } from '../downloads/source-tree.ts';
import type { Action, ActionContext, ActionOutcome, ResourceChange } from '../steps/action.ts';
import { type Commanded, findProgram, runCommand } from '../steps/command.ts';
import { putItems, type ReportedItem } from '../steps/compliance-items.ts';
import { type ChefResource, readChefOutput } from './chef-output.ts';
import { fetchSource } from './fetch-source.ts';

/** holdfast:chefRecipes: runs recipes on this node itself, in local mode; a why-run changes nothing. Each resource is a compliance item. */
export const chefRecipes: Action<ChefInputs> = {
  run: (inputs, context) => converge(inputs, { context, isWhyRun: inputs.whyRun }),
  check: (inputs, context) => converge(inputs, { context, isWhyRun: true }),
};

const failed = (reason: string): ActionOutcome => ({ kind: 'failed', reason });

/** chef-client's own codes for a restart of the machine that a recipe asks for. */
const RESTART_CODES = [35, 37];

async function converge(inputs: ChefInputs, { context, isWhyRun }: { context: ActionContext; isWhyRun: boolean }): Promise<ActionOutcome> {
  const program = findProgram('cinc-client', context) ?? findProgram('chef-client', context);
  if (program === null) {
    return failed(
      'Neither chef-client nor cinc-client is on this node. Install one from your own package source, for example with holdfast:package or aws:configurePackage, and run this again.',
    );
  }
  const attributes = attributesOf(inputs);
  if (attributes === null) return failed('JsonAttributesContent has to be a JSON map.');
  const tree = path.join(context.stepFolder, 'source');
  mkdirSync(tree, { recursive: true, mode: 0o700 });
  const problem = await fetchSource(inputs, { folder: tree, context });
  if (problem !== null) return problem;
  const folders = await sourceFolders(tree, context.signal);
  if (folders === null) return { kind: 'stopped' };
  const work = prepare(context.stepFolder, { folders: [...folders.flatMap(cookbookFolders), ...folders], attributes });
  const answer = await runCommand(
    {
      program,
      argumentList: [
        ...['--local-mode', '--no-color', '--config', work.configuration, '--json-attributes', work.attributes],
        ...['--format', 'doc', '--force-formatter', ...(isWhyRun ? ['--why-run'] : [])],
        ...inputs.chefClientArguments.split(/\s+/).filter((word) => word !== ''),
      ],
      timeoutSeconds: inputs.timeoutSeconds,
      workingDirectory: tree,
      isShown: true,
    },
    context,
  );
  return outcomeOf(answer, { inputs, context, isWhyRun });
}

/** With the run list in it: a node's attributes are where chef-client takes it from, and never its command line. */
function attributesOf({ jsonAttributesContent, runList }: ChefInputs): Record<string, unknown> | null {
  const given = jsonAttributesContent.trim() === '' ? {} : mapOf(jsonAttributesContent);
  return given === null ? null : { ...given, run_list: runList.split(',').map((item) => item.trim()) };
}

function mapOf(text: string): Record<string, unknown> | null {
  try {
    const map: unknown = JSON.parse(text);
    return typeof map === 'object' && map !== null && !Array.isArray(map) ? { ...map } : null;
  } catch {
    return null;
  }
}

/** Where cookbooks are in a tree: at its top, in a folder of that name, or in one that is one level further in. */
function cookbookFolders(folder: string): string[] {
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const named = [folder, ...inner.map(({ name }) => path.join(folder, name))].map((place) => path.join(place, 'cookbooks'));
  return named.filter((place) => existsSync(place));
}

function prepare(stepFolder: string, { folders, attributes }: { folders: readonly string[]; attributes: Record<string, unknown> }) {
  const folder = path.join(stepFolder, 'chef');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ruby = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const settings = [
    `chef_repo_path [${folders.map(ruby).join(', ')}]`,
    `cookbook_path [${folders.map(ruby).join(', ')}]`,
    `node_path ${ruby(path.join(folder, 'nodes'))}`,
    `file_cache_path ${ruby(path.join(folder, 'cache'))}`,
    `file_backup_path ${ruby(path.join(folder, 'backup'))}`,
    'chef_zero.enabled true',
  ];
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text, { mode: 0o600 });
    return path.join(folder, name);
  };
  return { configuration: file('client.rb', `${settings.join('\n')}\n`), attributes: file('attributes.json', JSON.stringify(attributes)) };
}

interface Converged {
  readonly inputs: ChefInputs;
  readonly context: ActionContext;
  readonly isWhyRun: boolean;
}

async function outcomeOf(answer: Commanded, { inputs, context, isWhyRun }: Converged): Promise<ActionOutcome> {
  if (answer.kind !== 'exited') return answer;
  const resources = readChefOutput(answer.stdout);
  const changes = resources.filter(({ state }) => state === 'updated').map(changeOf);
  const isRestart = RESTART_CODES.includes(answer.exitCode);
  if (answer.exitCode !== 0 && !isRestart) {
    // A run that failed says nothing about what it did not reach: no compliance is reported.
    const reason = `${isWhyRun ? 'The why-run' : 'chef-client'} ended with exit code ${answer.exitCode}.`;
    return isWhyRun ? failed(reason) : { kind: 'failed', reason, changes };
  }
  const severity = inputs.complianceSeverity;
  const items = resources.map((resource) => itemOf(resource, { severity, isWhyRun }));
  if (!(await putItems({ complianceType: inputs.complianceType, items }, context))) return { kind: 'stopped' };
  if (isWhyRun) return { kind: 'checked', drift: changes };
  return isRestart ? { kind: 'needs-restart', changes } : { kind: 'exited', exitCode: 0, changes };
}

const changeOf = ({ id, action, done }: ChefResource): ResourceChange => ({
  resource: id,
  property: action,
  before: null,
  after: done.join('; '),
});

function itemOf({ id, action, state, done }: ChefResource, { severity, isWhyRun }: { severity: string; isWhyRun: boolean }): ReportedItem {
  const isDifferent = isWhyRun && state === 'updated';
  return {
    id: `${id} ${action}`,
    title: id,
    severity,
    isCompliant: !isDifferent && state !== 'failed',
    details: { Action: action, State: isDifferent ? 'would be updated' : state, Done: done.join('; ') },
  };
}
