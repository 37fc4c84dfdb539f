import { createPublicKey } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { pendingNetworkChange } from './actions/pending-network-change.ts';
import { parseAddress } from './connection/address.ts';
import { Connection } from './connection/connection.ts';
import { ControllerDesk } from './connection/controller-desk.ts';
import { enroll } from './connection/enrollment.ts';
import { lifeOf } from './connection/node-certificate.ts';
import { parseFingerprint } from './connection/pinned-authority.ts';
import { pause, systemClock } from './platform/clock.ts';
import { defaultDataFolder } from './platform/default-data-folder.ts';
import { bootId, machineFacts, platformType } from './platform/facts.ts';
import { giveBackMemory } from './platform/idle-memory.ts';
import { jsonLog, type Log } from './platform/log.ts';
import { machineRestarter, type Restarter } from './platform/restart-machine.ts';
import { Failure } from './protocol/failures.ts';
import { ActivationId } from './protocol/ids.ts';
import { AGENT_VERSION } from './protocol/version.ts';
import { Runner } from './runner/runner.ts';
import { openAgentDatabase } from './storage/agent-database.ts';
import { openAgentStore } from './storage/agent-store.ts';
import * as folders from './storage/data-folder.ts';
import { type Identity, readIdentity, saveIdentity } from './storage/identity-file.ts';
import { isInstanceRunning, takeInstanceLock } from './storage/instance-lock.ts';
import { Outbox } from './storage/outbox.ts';

const NEEDED_NODE = 24;

const HELP = `holdfast-agent ${AGENT_VERSION}: keeps this machine in the state that its Holdfast controller defines.

  holdfast-agent enroll --controller HOST[:PORT] --activation-id ID --ca-fingerprint sha256:HEX
      Makes this machine a managed node. The activation code comes by one of
        --activation-code CODE       (every user of this machine can see it in the list of processes)
        --activation-code-stdin      (as the first line of standard input)
        HOLDFAST_ACTIVATION_CODE     (in the environment)
      --force   also when the machine is enrolled already: it becomes a new node
  holdfast-agent run [--controller HOST[:PORT]] [--restart-machine]
      Connects to the controller and does what it orders, until it is stopped.
      --restart-machine   restarts this machine when a step asks for it (exit code 194, on Windows 3010), and runs
                          the step again then; without it, such a step waits until somebody restarts the machine
      --controller   the same controller has moved to this address: it is kept from now on
  holdfast-agent status [--json]
      Says who this node is, whether its agent runs, and what it has still to report.
  holdfast-agent unenroll
      Removes identity and records from this machine. Deregister the node in Holdfast as well.
  holdfast-agent put-compliance-items --compliance-type TYPE --items JSON|file://FILE|-
      For the scripts of documents, while they run on a node: what a step has found is stored as Compliance of the node.
  holdfast-agent document check FILE | run FILE
      For authors of documents, with no controller: what a document does here, and to run it now. See holdfast-agent document --help.

  --data DIR   the agent's own folder (here: ${defaultDataFolder()})
  --help, --version
`;

const EXIT_FAILED = 1;
const EXIT_ARGUMENTS = 2;
/** For whoever looks after agents: this one was not needed (EX_TEMPFAIL of sysexits.h). */
const EXIT_ALREADY_RUNNING = 75;

/** An agent that is asked to stop is gone within three seconds, whatever hangs. */
const STOP_MILLISECONDS = 2000;
/** By then what starting took is not needed any more. */
const SETTLED_MILLISECONDS = 1500;

const OPTIONS = {
  'activation-code': { type: 'string' },
  'activation-code-stdin': { type: 'boolean' },
  'activation-id': { type: 'string' },
  'ca-fingerprint': { type: 'string' },
  controller: { type: 'string' },
  data: { type: 'string' },
  force: { type: 'boolean' },
  help: { type: 'boolean' },
  json: { type: 'boolean' },
  'restart-machine': { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

type Arguments = ReturnType<typeof readArguments>;
type Options = Arguments['values'];

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Failure('E-ARGUMENTS', { problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

async function main(args: string[]): Promise<number> {
  refuseOldNode();
  // Loaded only then: an agent that runs needs nothing of it.
  if (args[0] === 'put-compliance-items') return (await import('./compliance-command.ts')).complianceCommand(args.slice(1), process.env);
  if (args[0] === 'document') return (await import('./document-commands.ts')).documentCommand(args.slice(1));
  const { values, positionals } = readArguments(args);
  if (values.help || args.length === 0) return say(HELP);
  if (values.version) return say(`${AGENT_VERSION}\n`);
  const [command, ...more] = positionals;
  if (more.length > 0) throw new Failure('E-ARGUMENTS', { problem: `${JSON.stringify(more[0])} is one word too many.` });
  const folder = folders.dataFolderAt(values.data ?? defaultDataFolder());
  switch (command) {
    case 'enroll':
      return enrollMachine(folder, values);
    case 'run':
      return run(folder, values);
    case 'status':
      return status(folder, values);
    case 'unenroll':
      return unenroll(folder);
    default:
      throw new Failure('E-ARGUMENTS', {
        problem: command === undefined ? 'There is no command.' : `${JSON.stringify(command)} is no command.`,
      });
  }
}

function refuseOldNode(): void {
  const found = process.versions.node;
  if (Number(found.split('.')[0]) < NEEDED_NODE) throw new Failure('E-NODE-VERSION', { found, needed: String(NEEDED_NODE) });
}

async function enrollMachine(folder: folders.DataFolder, options: Options): Promise<number> {
  const activationId = ActivationId.safeParse(options['activation-id']);
  if (!activationId.success) throw new Failure('E-ARGUMENTS', { problem: '--activation-id must be the id of an activation, a UUID.' });
  const address = parseAddress(options.controller ?? '');
  const fingerprint = parseFingerprint(options['ca-fingerprint'] ?? '');
  const activationCode = await readActivationCode(options);
  folders.prepareDataFolder(folder);
  const lock = await takeInstanceLock(folder);
  try {
    const known = options.force ? null : readIdentity(folder);
    if (known !== null) throw new Failure('E-ALREADY-ENROLLED', { nodeId: known.nodeId, folder: folder.path });
    const facts = machineFacts();
    const request = { address, fingerprint, activationId: activationId.data, activationCode, facts, agentVersion: AGENT_VERSION };
    const identity = await enroll(request);
    folders.removeRecords(folder);
    saveIdentity(folder, identity);
    return say(`This machine is enrolled as ${identity.nodeId} at ${identity.siteName}. Start its agent with: holdfast-agent run\n`);
  } finally {
    lock.release();
  }
}

/** The code is as good as a password: best neither in the list of processes nor in a history of commands. */
async function readActivationCode(options: Options): Promise<string> {
  const fromInput = options['activation-code-stdin'] ? (await text(process.stdin)).split('\n')[0]?.trim() : undefined;
  const given = options['activation-code'] ?? fromInput ?? process.env.HOLDFAST_ACTIVATION_CODE;
  delete process.env.HOLDFAST_ACTIVATION_CODE;
  const code = z.string().min(20).max(250).safeParse(given);
  if (!code.success)
    throw new Failure('E-ARGUMENTS', { problem: 'The activation code is missing, or it is not one: it has 20 to 250 characters.' });
  return code.data;
}

/** Ends the process by itself, as whatever still hangs then must not keep it. */
async function run(folder: folders.DataFolder, options: Options): Promise<never> {
  const { controller } = options;
  const enrolled = requireIdentity(folder);
  const identity = controller === undefined ? enrolled : { ...enrolled, controller: parseAddress(controller) };
  folders.prepareDataFolder(folder);
  const lock = await takeInstanceLock(folder);
  if (controller !== undefined) saveIdentity(folder, identity);
  const log = jsonLog(systemClock, (line) => process.stderr.write(line));
  surviveLostTerminal(log);
  const stopRequested = nextStopSignal();
  folders.writePid(folder, process.pid);
  const restarter = options['restart-machine'] ? machineRestarter(platformType(), process.env) : null;
  const agent = await assembleAgent({ folder, identity, log, restarter });
  await agent.start();
  systemClock.after(SETTLED_MILLISECONDS, giveBackMemory);
  log.info('running', { nodeId: identity.nodeId, version: AGENT_VERSION, pid: process.pid });
  log.info('stopping', { signal: await stopRequested });
  await Promise.race([agent.stop(), pause({ clock: systemClock, milliseconds: STOP_MILLISECONDS })]);
  rmSync(folder.pid, { force: true });
  lock.release();
  process.exit(0);
}

interface AgentParts {
  readonly folder: folders.DataFolder;
  readonly identity: Identity;
  readonly log: Log;
  readonly restarter: Restarter | null;
}

/** Introduces the parts of a running agent to each other: nothing else knows both the runner and the connection. */
async function assembleAgent({ folder, identity, log, restarter }: AgentParts): Promise<{ start(): Promise<void>; stop(): Promise<void> }> {
  const store = await openAgentStore(folder);
  store.tidy(systemClock.now());
  const fatal = (error: unknown) => endBroken(log, error);
  const shared = { store, clock: systemClock, log, bootId: bootId(), fatal };
  const holder = {
    current: identity,
    replace(renewed: Identity) {
      saveIdentity(folder, renewed);
      holder.current = renewed;
    },
  };
  const signingKey = createPublicKey(identity.signingKey);
  const runner = new Runner({
    ...shared,
    facts: machineFacts(),
    environment: process.env,
    restarter,
    nodeId: identity.nodeId,
    siteName: identity.siteName,
    privateKeys: () => [holder.current.key, holder.current.previousKey].filter((key) => key !== undefined),
    signingKey,
    controller: new ControllerDesk({ identity: () => holder.current, signingKey, clock: systemClock, random: Math.random }),
    refresh: (request, signal) => connection.refresh(request, signal),
    reportsAdded: () => connection.reportsAdded(),
  });
  const connection: Connection = new Connection({
    ...shared,
    identity: holder,
    facts: machineFacts,
    agentVersion: AGENT_VERSION,
    random: Math.random,
    commands: { run: (signed) => runner.accept(signed), cancel: (executionId, reason) => runner.cancel(executionId, reason) },
  });
  return {
    async start() {
      await takeBackNetwork(folder, log);
      await runner.resume();
      connection.start();
    },
    async stop() {
      await Promise.all([runner.stop(), connection.stop()]);
      store.close();
    },
  };
}

/** Before anything else, as it may be what keeps the node from its controller. */
async function takeBackNetwork({ state }: folders.DataFolder, log: Log): Promise<void> {
  if (!existsSync(pendingNetworkChange(state))) return;
  const { rollBackAtStart } = await import('./actions/network-rollback.ts');
  await rollBackAtStart({ stateFolder: state, path: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin' }, log);
}

async function status(folder: folders.DataFolder, { json }: Options): Promise<number> {
  const identity = identityIn(folder);
  if (identity === null && json) {
    say(`${JSON.stringify({ enrolled: false })}\n`);
    return EXIT_FAILED;
  }
  const { nodeId, siteName, controller, certificate } = requireIdentity(folder);
  const facts = {
    enrolled: true,
    nodeId,
    siteName,
    controller: `${controller.host}:${controller.port}`,
    certificateExpires: lifeOf(certificate).to.toISOString(),
    outboxDepth: await outboxDepth(folder),
    running: await isInstanceRunning(folder),
  };
  if (json) return say(`${JSON.stringify(facts)}\n`);
  return say(
    [
      `Node         ${facts.nodeId} at ${facts.siteName}`,
      `Controller   ${facts.controller}`,
      `Certificate  valid until ${facts.certificateExpires}`,
      `To report    ${facts.outboxDepth}`,
      `Agent        ${facts.running ? 'running' : 'not running'}`,
      '',
    ].join('\n'),
  );
}

async function outboxDepth(folder: folders.DataFolder): Promise<number> {
  if (!existsSync(folder.database)) return 0;
  const database = await openAgentDatabase(folder.database);
  try {
    return new Outbox(database).depth();
  } finally {
    database.close();
  }
}

async function unenroll(folder: folders.DataFolder): Promise<number> {
  const { nodeId } = requireIdentity(folder);
  const lock = await takeInstanceLock(folder);
  folders.removeEnrollment(folder);
  lock.release();
  folders.removeEmptyDataFolder(folder);
  return say(`This machine is not ${nodeId} any more. Deregister that node in Holdfast as well.\n`);
}

function identityIn(folder: folders.DataFolder): Identity | null {
  return folders.dataFolderExists(folder) ? readIdentity(folder) : null;
}

function requireIdentity(folder: folders.DataFolder): Identity {
  const identity = identityIn(folder);
  if (identity === null) throw new Failure('E-NOT-ENROLLED', { folder: folder.path });
  return identity;
}

/** The agent outlives whoever started it, also when that one read what it logs. */
function surviveLostTerminal(log: Log): void {
  process.stderr.on('error', () => undefined);
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => log.warn('runtime warning', { name, message }));
  process.on('uncaughtException', (error) => endBroken(log, error));
}

function nextStopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
  });
}

/** What was journaled is right, so ending is safe: the service manager starts the agent again. */
function endBroken(log: Log, error: unknown): void {
  if (error instanceof Failure) log.error('agent ends', { code: error.code, cause: error.message, remedy: error.remedy });
  else log.error('agent ends', { cause: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.exit(EXIT_FAILED);
}

function say(words: string): number {
  process.stdout.write(words);
  return 0;
}

function exitCodeOf({ code }: Failure): number {
  if (code === 'E-ALREADY-RUNNING') return EXIT_ALREADY_RUNNING;
  return code === 'E-ARGUMENTS' ? EXIT_ARGUMENTS : EXIT_FAILED;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n${error.remedy}\n(${error.code})\n`);
  process.exitCode = exitCodeOf(error);
}
