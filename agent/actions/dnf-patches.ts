import type { PatchedSystem } from '../document/patch-baseline.ts';
import {
  dnfPatches,
  RPM_FORMAT,
  readAdvisories,
  readAdvisoryFacts,
  readRpmList,
  readUpgrades,
  UPGRADE_FORMAT,
} from '../patching/dnf-listing.ts';
import type { Patch } from '../patching/patch.ts';
import type { ActionContext } from '../steps/action.ts';
import { answerOf, type Installation, type PatchTool, patchingFailed, printedBy, said, type WantedPatches } from './patch-tool.ts';

/** Patches by dnf, which waits for another installation by itself. */
export function dnfTool(system: PatchedSystem): PatchTool {
  return {
    system,
    knowsAge: true,
    async list(context, isFresh) {
      if (isFresh) await refresh(context);
      return listPatches(context);
    },
    install,
    // Of what others have installed dnf does not say which packages wait.
    awaitingRestart: () => Promise.resolve(new Set()),
  };
}

async function refresh(context: ActionContext): Promise<void> {
  const answer = await answerOf({ program: 'dnf', argumentList: ['-q', 'makecache', '--refresh'] }, context);
  if (answer.exitCode !== 0) throw patchingFailed(`The package lists could not be fetched${said(answer)}`);
}

async function listPatches(context: ActionContext): Promise<Patch[]> {
  const dnf = (...argumentList: string[]) => printedBy({ program: 'dnf', argumentList: ['-q', ...argumentList] }, context);
  const installed = readRpmList(await printedBy({ program: 'rpm', argumentList: ['-qa', '--qf', RPM_FORMAT] }, context));
  const upgrades = readUpgrades(await dnf('repoquery', '--upgrades', '--latest-limit=1', '--qf', UPGRADE_FORMAT));
  const pending = readAdvisories(await dnf('updateinfo', 'list', '--updates'));
  const applied = readAdvisories(await dnf('updateinfo', 'list', '--installed'));
  const facts = readAdvisoryFacts(await dnf('updateinfo', 'info', '--updates'));
  return dnfPatches({ installed, upgrades, pending, applied, facts });
}

async function install({ patches, baseline, timeoutSeconds }: WantedPatches, context: ActionContext): Promise<Installation> {
  const excluded = baseline.RejectedPatchesAction === 'BLOCK' ? baseline.RejectedPatches.map((name) => `--exclude=${name}`) : [];
  const argumentList = ['-y', ...excluded, 'upgrade', '--', ...patches.map(({ title }) => title)];
  const answer = await answerOf({ program: 'dnf', argumentList, timeoutSeconds, isShown: true }, context);
  const restart = await answerOf({ program: 'dnf', argumentList: ['-q', 'needs-restarting', '-r'] }, context);
  return {
    problem: answer.exitCode === 0 ? null : `dnf ended with exit code ${answer.exitCode}${said(answer)}`,
    needsRestart: /reboot (is|should be|may be) (required|performed|necessary)/i.test(restart.stdout),
  };
}
