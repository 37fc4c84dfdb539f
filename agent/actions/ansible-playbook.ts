import { closeSync, constants, existsSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AnsibleInputs } from '../document/ansible-inputs.ts';
import type { Action, ActionContext, ActionOutcome } from '../steps/action.ts';
import { type Commanded, findProgram, runCommand } from '../steps/command.ts';
import { CALLBACK_PLUGIN, type PlayEvents, readPlayEvents } from './ansible-callback.ts';
import { readExtraVariables, variablesFile } from './extra-variables.ts';
import { fetchSource, type SourceChoice } from './fetch-source.ts';
import { findPlaybook } from './playbook-tree.ts';

/** holdfast:ansiblePlaybook: runs a playbook on this node itself, with the ansible that is there; in check mode nothing is changed. */
export const ansiblePlaybook: Action<AnsibleInputs> = {
  run: (inputs, context) => play(inputs, { context, isCheck: inputs.check }),
  check: (inputs, context) => play(inputs, { context, isCheck: true }),
};

interface Playing {
  readonly context: ActionContext;
  readonly isCheck: boolean;
}

const failed = (reason: string): ActionOutcome => ({ kind: 'failed', reason });

async function play(inputs: AnsibleInputs, playing: Playing): Promise<ActionOutcome> {
  const { context } = playing;
  const program = findProgram('ansible-playbook', context);
  if (program === null) return failed(notInstalled(inputs));
  if (inputs.installDependencies) say(context, `${program} is on this node already: nothing is installed.`);
  const extra = readExtraVariables(inputs.extraVariables);
  if (!extra.ok) return failed(extra.problem);
  const playbook = await fetchPlaybook(inputs, context);
  if (!('folder' in playbook)) return playbook;
  const work = prepare(context.stepFolder, { playbook, variables: extra.variables });
  const verbose = inputs.verbose === '' ? [] : [inputs.verbose];
  const checking = playing.isCheck ? ['--check', '--diff'] : ['--diff'];
  const answer = await runCommand(
    {
      program,
      argumentList: ['-i', 'localhost,', '-c', 'local', '-e', `@${work.variables}`, ...checking, ...verbose, playbook.file],
      environment: environmentOf(work),
      timeoutSeconds: inputs.timeoutSeconds,
      workingDirectory: playbook.folder,
      isShown: true,
    },
    context,
  );
  return outcomeOf(answer, { events: readPlayEvents(eventsIn(work.events)), isCheck: playing.isCheck });
}

const say = (context: ActionContext, line: string): void => context.stdout.write(Buffer.from(`${line}\n`));

function notInstalled({ installDependencies }: AnsibleInputs): string {
  const why = installDependencies ? ' InstallDependencies would fetch it from the internet, which is not done here.' : '';
  return `ansible-playbook is not on this node.${why} Install ansible-core from your own package source, for example with holdfast:package or aws:configurePackage, and run this again.`;
}

interface Playbook {
  readonly folder: string;
  readonly file: string;
}

/** Where the playbook is once it is on this node; an outcome when it cannot be had. */
async function fetchPlaybook(inputs: AnsibleInputs, context: ActionContext): Promise<Playbook | ActionOutcome> {
  const { playbook, playbookUrl, sourceType, playbookFile } = inputs;
  const given = [playbook !== '', playbookUrl !== '', sourceType !== ''].filter(Boolean).length;
  if (given !== 1) return failed('One of a playbook, its address, and a source that has it is needed, and only one.');
  const tree = path.join(context.stepFolder, 'source');
  mkdirSync(tree, { recursive: true, mode: 0o700 });
  if (playbook !== '') {
    const file = path.join(tree, 'playbook.yml');
    writeFileSync(file, playbook, { mode: 0o600 });
    return { folder: tree, file };
  }
  if (sourceType !== '' && playbookFile === '') return failed('PlaybookFile is missing: which file of the source is the playbook?');
  const fetched = await fetchSource(sourceOf(inputs), { folder: tree, context });
  if (fetched !== null) return fetched;
  const found = await findPlaybook(tree, playbookFile, context.signal);
  if (found === null) return { kind: 'stopped' };
  return found.ok ? found : failed(found.reason);
}

function sourceOf({ playbookUrl, sourceType, sourceInfo }: AnsibleInputs): SourceChoice {
  return playbookUrl === '' ? { sourceType, sourceInfo } : { sourceType: 'HTTP', sourceInfo: { url: playbookUrl } };
}

interface Work {
  readonly folder: string;
  readonly variables: string;
  readonly events: string;
  readonly plugins: string;
  readonly configuration: string;
}

/** Everything that ansible reads beside the playbook, in the step's own folder. */
function prepare(stepFolder: string, { playbook, variables }: { playbook: Playbook; variables: ReadonlyMap<string, string> }): Work {
  const folder = path.join(stepFolder, 'ansible');
  const plugins = path.join(folder, 'callback');
  mkdirSync(plugins, { recursive: true, mode: 0o700 });
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text, { mode: 0o600 });
    return path.join(folder, name);
  };
  file(path.join('callback', 'holdfast_changes.py'), CALLBACK_PLUGIN);
  const none = file('none.cfg', '[defaults]\n');
  return {
    folder,
    plugins,
    variables: file('variables.yml', variablesFile(variables)),
    events: file('events', ''),
    configuration: [path.join(playbook.folder, 'ansible.cfg'), '/etc/ansible/ansible.cfg'].find((name) => existsSync(name)) ?? none,
  };
}

/** The configuration of the source or else of the machine, and never one that somebody has left at home or in a folder for everybody. */
function environmentOf({ folder, plugins, events, configuration }: Work): Record<string, string> {
  return {
    ANSIBLE_CONFIG: configuration,
    ANSIBLE_CALLBACK_PLUGINS: plugins,
    ANSIBLE_STDOUT_CALLBACK: 'default',
    ANSIBLE_LOCAL_TEMP: path.join(folder, 'local'),
    ANSIBLE_REMOTE_TEMP: path.join(folder, 'remote'),
    ANSIBLE_HOME: path.join(folder, 'home'),
    ANSIBLE_RETRY_FILES_ENABLED: 'False',
    ANSIBLE_NOCOLOR: '1',
    ANSIBLE_NOCOWS: '1',
    ANSIBLE_LOCALHOST_WARNING: 'False',
    PYTHONDONTWRITEBYTECODE: '1',
    HOLDFAST_ANSIBLE_EVENTS: events,
  };
}

/** Far more than a step tells of; a playbook that writes there itself fills no memory. */
const MOST_EVENT_BYTES = 4 * 1024 * 1024;

function eventsIn(file: string): string {
  if (!existsSync(file)) return '';
  const bytes = Buffer.alloc(MOST_EVENT_BYTES);
  const handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return bytes.toString('utf8', 0, readSync(handle, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(handle);
  }
}

function outcomeOf(answer: Commanded, { events, isCheck }: { events: PlayEvents; isCheck: boolean }): ActionOutcome {
  if (answer.kind !== 'exited') return answer;
  const { exitCode } = answer;
  const { changes, hosts } = events;
  if (exitCode !== 0) {
    const reason = `ansible-playbook ended with exit code ${exitCode}${EXIT_CODES[exitCode] ?? ''}.`;
    return isCheck ? failed(reason) : { kind: 'failed', reason, changes };
  }
  if (hosts === 0) return failed('No play of this playbook is for localhost or for all hosts, so nothing was done. Set its hosts to all.');
  return isCheck ? { kind: 'checked', drift: changes } : { kind: 'exited', exitCode, changes };
}

const EXIT_CODES: Readonly<Record<number, string>> = {
  2: ': a task failed',
  4: ': the playbook cannot be read, or its host cannot be reached',
};
