import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ModuleInputs } from '../document/windows-package-inputs.ts';
import { unpackArchive } from '../downloads/archive.ts';
import { verifiedSource } from '../downloads/verified-source.ts';
import type { Action, ActionContext } from '../steps/action.ts';
import { runPowerShellScript } from './run-powershell-script.ts';

/** aws:psModule: modules out of a zip into the machine's module folder, then commands of PowerShell. */
export const psModule: Action<ModuleInputs> = {
  async run(inputs, context) {
    const { source, sourceHash, runCommand, timeoutSeconds, workingDirectory } = inputs;
    if (source !== '') {
      const archive = await verifiedSource({ source, sha256: sourceHash, name: 'module.zip' }, context);
      if (archive === null) return { kind: 'stopped' };
      const folder = path.join(context.stepFolder, 'module');
      if ((await unpackArchive({ file: archive, folder }, context.signal)) === null) return { kind: 'stopped' };
      const installed = installModules(folder, context);
      if (installed.length === 0)
        return { kind: 'failed', reason: 'The archive has no module: a module is a folder with its name, or has a .psd1 or .psm1.' };
      context.stdout.write(Buffer.from(installed.map((name) => `Installed the module ${name}.\n`).join('')));
    }
    if (runCommand.length === 0) return { kind: 'exited', exitCode: 0 };
    const script = { runCommand, timeoutSeconds, workingDirectory, environment: {}, finallyStep: false };
    return runPowerShellScript.run(script, { ...context, stepFolder: path.join(context.stepFolder, 'commands') });
  },
};

/** Each folder at the top is a module. Files at the top are one by themselves, which its manifest names. */
function installModules(folder: string, { environment }: Pick<ActionContext, 'environment'>): string[] {
  const modules = path.join(environment.ProgramFiles ?? 'C:\\Program Files', 'WindowsPowerShell', 'Modules');
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = ['.psd1', '.psm1'].flatMap((suffix) => entries.filter((entry) => entry.isFile() && entry.name.endsWith(suffix)))[0];
  mkdirSync(modules, { recursive: true });
  if (own !== undefined) {
    const { name } = path.parse(own.name);
    putModule(folder, path.join(modules, name));
    return [name];
  }
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of names) putModule(path.join(folder, name), path.join(modules, name));
  return names;
}

/** Beside the old one first, which then is gone at once: no half of a module is ever found. */
function putModule(from: string, to: string): void {
  const next = `${to}.holdfast-new`;
  rmSync(next, { recursive: true, force: true });
  cpSync(from, next, { recursive: true });
  rmSync(to, { recursive: true, force: true });
  renameSync(next, to);
}
