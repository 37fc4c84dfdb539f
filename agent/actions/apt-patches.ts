import { readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import type { PatchedSystem } from '../document/patch-baseline.ts';
import { aptPatches, DPKG_FORMAT, readDpkgList, readPolicies, readSources } from '../patching/apt-listing.ts';
import { matchesGlob } from '../patching/glob.ts';
import type { Patch } from '../patching/patch.ts';
import { pause } from '../platform/clock.ts';
import type { ActionContext } from '../steps/action.ts';
import type { Command } from '../steps/command.ts';
import { answerOf, type Installation, type PatchTool, patchingFailed, printedBy, said, type WantedPatches } from './patch-tool.ts';

/** Another installation on the node is waited for this long. */
const LOCK_SECONDS = 300;
const LOCK_RETRY_SECONDS = 5;
/** As many names as fit on one command line of any system. */
const NAMES_AT_ONCE = 500;

const NON_INTERACTIVE = {
  DEBIAN_FRONTEND: 'noninteractive',
  APT_LISTCHANGES_FRONTEND: 'none',
  NEEDRESTART_SUSPEND: '1',
  UCF_FORCE_CONFFOLD: '1',
};

/** What a maintainer has changed in a configuration file is kept, and nobody is asked. */
const KEEP_CONFIGURATION = ['-o', 'Dpkg::Options::=--force-confdef', '-o', 'Dpkg::Options::=--force-confold'];

const aptGet = (...argumentList: string[]): Command => ({
  program: 'apt-get',
  argumentList: ['-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`, ...argumentList],
  environment: NON_INTERACTIVE,
});

/** Patches by apt. `restartFlag`: the file by which Debian's packages ask for a restart of the machine. */
export function aptTool(system: PatchedSystem, restartFlag = '/run/reboot-required'): PatchTool {
  return {
    system,
    knowsAge: false,
    async list(context, isFresh) {
      if (isFresh) await fetchLists(context);
      return listPatches(context);
    },
    install: (wanted, context) => install(wanted, { context, restartFlag }),
    awaitingRestart: (patches) => Promise.resolve(flaggedPackages(patches, restartFlag)),
  };
}

/** Old lists in the place of those that cannot be fetched would show a node as patched that is not. */
async function fetchLists(context: ActionContext): Promise<void> {
  const command = aptGet('update', '-q', '-o', 'APT::Update::Error-Mode=any');
  for (let waited = 0; ; waited += LOCK_RETRY_SECONDS) {
    const answer = await answerOf(command, context);
    if (answer.exitCode === 0) return;
    const isLocked = /could not get lock|unable to lock/i.test(answer.stderr);
    if (!isLocked || waited >= LOCK_SECONDS) throw patchingFailed(`The package lists could not be fetched${said(answer)}`);
    await pause({ clock: context.clock, milliseconds: LOCK_RETRY_SECONDS * 1000, signal: context.signal });
  }
}

async function listPatches(context: ActionContext): Promise<Patch[]> {
  const print = (program: string, ...argumentList: string[]) => printedBy({ program, argumentList }, context);
  const architecture = (await print('dpkg', '--print-architecture')).trim();
  const installed = readDpkgList(await print('dpkg-query', '-W', `-f=${DPKG_FORMAT}`), architecture);
  const sources = readSources(await print('apt-cache', 'policy'));
  if (sources.size === 0) context.stdout.write(Buffer.from('This node has no package sources, so apt knows of no updates.\n'));
  const names = installed.map(({ id }) => id);
  let policies = '';
  for (let from = 0; from < names.length; from += NAMES_AT_ONCE) {
    policies += await print('apt-cache', 'policy', '--', ...names.slice(from, from + NAMES_AT_ONCE));
  }
  return aptPatches({ installed, sources, policies: readPolicies(policies) });
}

async function install(
  { patches, baseline, timeoutSeconds }: WantedPatches,
  { context, restartFlag }: { context: ActionContext; restartFlag: string },
): Promise<Installation> {
  const packages = patches.map(({ id, wanted }) => `${id}=${wanted ?? ''}`);
  const argumentList = ['install', '-y', '--only-upgrade', '--no-remove', ...KEEP_CONFIGURATION, '--', ...packages];
  if (baseline.RejectedPatchesAction === 'BLOCK' && baseline.RejectedPatches.length > 0) {
    const plan = await printedBy(aptGet('-s', ...argumentList), context);
    const blocked = namesIn(plan).find((name) => baseline.RejectedPatches.some((pattern) => matchesGlob(pattern, name)));
    if (blocked !== undefined) throw patchingFailed(`Approved patches need ${blocked}, which the baseline rejects; nothing was installed.`);
  }
  const answer = await answerOf({ ...aptGet(...argumentList), timeoutSeconds, isShown: true }, context);
  return {
    problem: answer.exitCode === 0 ? null : `apt-get ended with exit code ${answer.exitCode}${said(answer)}`,
    needsRestart: isFlagged(restartFlag) || patches.some(({ id }) => /^(linux-image-|raspberrypi-kernel)/.test(id)),
  };
}

/** Of a simulated transaction: everything that it would put on the node. */
const namesIn = (plan: string): string[] => [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);

/** A flag that is older than the last start of the machine was forgotten. */
function isFlagged(restartFlag: string): boolean {
  const flag = statSync(restartFlag, { throwIfNoEntry: false });
  return flag !== undefined && flag.mtimeMs > performance.timeOrigin + performance.now() - os.uptime() * 1000;
}

function flaggedPackages(patches: readonly Patch[], restartFlag: string): Set<string> {
  if (!isFlagged(restartFlag) || statSync(`${restartFlag}.pkgs`, { throwIfNoEntry: false }) === undefined) return new Set();
  const names = new Set(readFileSync(`${restartFlag}.pkgs`, 'utf8').split('\n'));
  return new Set(patches.filter(({ id, names: [name = ''] }) => names.has(id) || names.has(name)).map(({ id }) => id));
}
