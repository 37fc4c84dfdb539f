import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { activeConnections, connectionSettings, readConnection, uuidOf } from '../desired-state/network-connection.ts';
import { NETWORK_FILES, type NetworkFile, type NetworkPart } from '../desired-state/network-part.ts';
import { type NetworkFacts, networkPlan } from '../desired-state/network-plan.ts';
import { call, lineOfChange } from '../desired-state/plan.ts';
import { Trouble } from '../desired-state/troubles.ts';
import type { NetworkSettingInputs } from '../document/desired-network-setting-inputs.ts';
import { pause } from '../platform/clock.ts';
import type { Action, ActionContext } from '../steps/action.ts';
import { findProgram } from '../steps/command.ts';
import { ask, desiredState, doAll, Ended, must, outcomeOfError, type Prepared, say } from './desired-state.ts';
import { writeFileOfSystem } from './file-entry.ts';
import { forgetNetwork, rememberNetwork, rollBackNetwork } from './network-rollback.ts';

/** What a change needs to show before the controller is asked. */
const SETTLE_MILLISECONDS = 1000;
const PROBE_PAUSE_MILLISECONDS = 1500;
const SYSTEMD_RUNS = '/run/systemd/system';
/** netplan refuses files that others may read. */
const MODES: Partial<Record<NetworkFile, number>> = { netplan: 0o600 };

/** holdfast:networkSetting: names, time servers and addresses, taken back when the controller cannot be reached afterwards. */
export const networkSettingAt = (etc: string): Required<Action<NetworkSettingInputs>> => {
  const base = desiredState<NetworkSettingInputs>(async (inputs, context): Promise<Prepared> => {
    const plan = networkPlan(inputs, await factsOf(inputs, etc, context));
    return { subject: 'The network of this node', changes: plan.changes, apply: () => applyGuarded(plan, { inputs, etc }, context) };
  });
  return {
    check: base.check,
    async run(inputs, context) {
      try {
        const what = await rollBackNetwork(context.stateFolder, context);
        if (what !== null) say(context, `An earlier change was never confirmed, so it was taken back first: ${what}.`);
      } catch (error) {
        return outcomeOfError(error);
      }
      return base.run(inputs, context);
    },
  };
};

export const holdfastNetworkSetting = networkSettingAt('/etc');

interface Setting {
  readonly inputs: NetworkSettingInputs;
  readonly etc: string;
}

/** Saved, then changed, then asked for; whatever goes wrong in between, it is as it was before. */
async function applyGuarded(plan: NetworkPart, { inputs, etc }: Setting, context: ActionContext): Promise<void> {
  const { controller, stateFolder, signal } = context;
  if (controller !== null && !(await isReachable(context, signal))) throw new Trouble('E-NETWORK-BEFORE', undefined);
  const what = plan.changes.map(lineOfChange).join('; ');
  const fileOf = (file: NetworkFile) => path.join(etc, NETWORK_FILES[file]);
  await rememberNetwork(stateFolder, { what, files: plan.files.map(({ file }) => fileOf(file)), calls: plan.restore });
  try {
    for (const { file, text } of plan.files) {
      await writeFileOfSystem(fileOf(file), { bytes: Buffer.from(text), mode: MODES[file] ?? 0o644 }, signal);
    }
    await doAll(plan.apply, context);
    if (controller === null) say(context, 'The document is run by hand, so nobody asks whether the controller can still be reached.');
    else if (!(await staysReachable(inputs.reachableWithinSeconds, context))) {
      throw signal.aborted
        ? new Ended({ kind: 'stopped' })
        : new Trouble('E-NETWORK-ROLLED-BACK', { seconds: inputs.reachableWithinSeconds, what });
    }
  } catch (error) {
    say(context, 'The change is taken back.');
    await rollBackNetwork(stateFolder, context);
    throw error;
  }
  forgetNetwork(stateFolder);
}

async function isReachable({ controller }: Pick<ActionContext, 'controller'>, signal: AbortSignal): Promise<boolean> {
  return controller !== null && (await controller.isReachable(signal));
}

/** Asks until the controller has answered once, or the time is over. */
async function staysReachable(seconds: number, context: ActionContext): Promise<boolean> {
  const { clock } = context;
  const over = new AbortController();
  const timer = clock.after(seconds * 1000, () => over.abort());
  const signal = AbortSignal.any([over.signal, context.signal]);
  say(context, `The controller is asked for, for up to ${seconds} seconds.`);
  try {
    await pause({ clock, milliseconds: SETTLE_MILLISECONDS, signal });
    while (!signal.aborted) {
      if (await isReachable(context, signal)) return true;
      await pause({ clock, milliseconds: PROBE_PAUSE_MILLISECONDS, signal });
    }
    return false;
  } finally {
    timer.cancel();
  }
}

async function factsOf(inputs: NetworkSettingInputs, etc: string, context: ActionContext): Promise<NetworkFacts> {
  const backend = inputs.backend === 'auto' ? await backendOf(etc, context) : inputs.backend;
  const needsLink = (inputs.dnsServers ?? inputs.dnsSearch ?? inputs.address) !== undefined && backend !== 'files';
  const device = needsLink ? (inputs.interface ?? (await defaultDevice(context))) : null;
  const files = Object.entries(NETWORK_FILES) as [NetworkFile, string][];
  const texts = Object.fromEntries(files.map(([file, below]) => [file, textAt(path.join(etc, below))])) as Record<
    NetworkFile,
    string | null
  >;
  return {
    backend,
    device,
    texts,
    hasSystemd: existsSync(SYSTEMD_RUNS),
    hostname: (await must(call('uname', '-n'), context)).stdout.trim(),
    resolver: resolverAt(path.join(etc, NETWORK_FILES.resolver)),
    timeSource: timeSourceAt(etc),
    connection: backend === 'networkManager' && device !== null ? await connectionOf(device, context) : null,
  };
}

async function backendOf(etc: string, context: ActionContext): Promise<NetworkFacts['backend']> {
  if (findProgram('nmcli', context) !== null) {
    const { stdout } = await ask(call('nmcli', '-t', '-f', 'RUNNING', 'general'), context);
    if (stdout.trim() === 'running') return 'networkManager';
  }
  return findProgram('netplan', context) !== null && existsSync(path.join(etc, 'netplan')) ? 'netplan' : 'files';
}

const Routes = z.array(z.object({ dev: z.string() }));

async function defaultDevice(context: ActionContext): Promise<string | null> {
  const { stdout } = await must(call('ip', '-j', 'route', 'show', 'default'), context);
  return Routes.parse(JSON.parse(stdout.trim() || '[]'))[0]?.dev ?? null;
}

async function connectionOf(device: string, context: ActionContext): Promise<NetworkFacts['connection']> {
  const uuid = uuidOf(device, await must(activeConnections, context));
  return uuid === null ? null : readConnection(uuid, await must(connectionSettings(uuid), context));
}

function textAt(file: string): string | null {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, 'utf8') : null;
}

function resolverAt(file: string): NetworkFacts['resolver'] {
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return 'file';
  return readlinkSync(file).includes('systemd/resolve') ? 'resolved' : 'other';
}

function timeSourceAt(etc: string): NetworkFacts['timeSource'] {
  if (existsSync(path.join(etc, 'chrony/sources.d'))) return 'chrony';
  return existsSync(path.join(etc, 'systemd/timesyncd.conf')) ? 'timesyncd' : null;
}
