import { readFileSync } from 'node:fs';
import type { PatchedSystem } from '../document/patch-baseline.ts';
import type { ActionContext } from '../steps/action.ts';
import { findProgram } from '../steps/command.ts';
import { aptTool } from './apt-patches.ts';
import { dnfTool } from './dnf-patches.ts';
import { type PatchTool, patchingFailed } from './patch-tool.ts';
import { windowsTool } from './windows-patches.ts';

/** By ID of os-release, and where that is unknown by ID_LIKE. */
const SYSTEMS: Readonly<Record<string, PatchedSystem>> = {
  debian: 'DEBIAN',
  ubuntu: 'UBUNTU',
  raspbian: 'RASPBIAN',
  rhel: 'REDHAT_ENTERPRISE_LINUX',
  fedora: 'REDHAT_ENTERPRISE_LINUX',
  centos: 'CENTOS',
  rocky: 'ROCKY_LINUX',
  almalinux: 'ALMA_LINUX',
  ol: 'ORACLE_LINUX',
  amzn: 'AMAZON_LINUX_2023',
};

/** What looks for patches on this node. */
export function patchToolOf(context: ActionContext): PatchTool {
  if (context.platform === 'Windows') return windowsTool;
  if (findProgram('apt-get', context) !== null) return aptTool(systemOf('DEBIAN'));
  if (findProgram('dnf', context) !== null) return dnfTool(systemOf('REDHAT_ENTERPRISE_LINUX'));
  throw patchingFailed('There is neither apt-get nor dnf on this node: patches are looked for with one of them.');
}

function systemOf(usual: PatchedSystem): PatchedSystem {
  const release = osRelease();
  const value = (key: string) => (new RegExp(`^${key}=["']?(.*?)["']?\\s*$`, 'm').exec(release)?.[1] ?? '').split(/\s+/);
  return [...value('ID'), ...value('ID_LIKE')].map((id) => SYSTEMS[id]).find((system) => system !== undefined) ?? usual;
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
