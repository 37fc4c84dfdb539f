import path from 'node:path';
import type { ScriptInputs } from '../document/script-inputs.ts';
import type { Action } from './action.ts';
import { workingDirectoryOf, writeScript } from './script-file.ts';
import { runScriptProcess } from './script-process.ts';

// Windows PowerShell reads a file without it in the machine's old code page.
const BYTE_ORDER_MARK = '\uFEFF';

/** aws:runPowerShellScript: Windows PowerShell on Windows, pwsh elsewhere. Scripts say `exit n` themselves where a code matters. */
export const runPowerShellScript: Action<ScriptInputs> = {
  async run(inputs, context) {
    const workingDirectory = workingDirectoryOf(inputs.workingDirectory, context);
    if (!workingDirectory.ok) return { kind: 'failed', reason: workingDirectory.reason };
    const text = `${BYTE_ORDER_MARK}${inputs.runCommand.join('\n')}\n`;
    const file = writeScript({ name: '_script.ps1', text }, context);
    const { program, policy } = powerShell(context.environment);
    return runScriptProcess(
      {
        program,
        argumentList: ['-NoLogo', '-NoProfile', '-NonInteractive', ...policy, '-File', file],
        workingDirectory: workingDirectory.path,
        timeoutSeconds: inputs.timeoutSeconds,
        environment: { ...context.environment, ...inputs.environment, ...context.parameterEnvironment },
      },
      context,
    );
  },
};

/** The program, and what it is told about scripts that nobody signed. */
export function powerShell(environment: Readonly<Record<string, string>>): { program: string; policy: readonly string[] } {
  if (process.platform !== 'win32') return { program: 'pwsh', policy: [] };
  const program = path.win32.join(environment.SystemRoot ?? 'C:\\Windows', 'System32\\WindowsPowerShell\\v1.0\\powershell.exe');
  return { program, policy: ['-ExecutionPolicy', 'Unrestricted'] };
}
