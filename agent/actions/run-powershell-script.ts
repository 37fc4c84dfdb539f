import type { ScriptInputs } from '../document/script-inputs.ts';
import type { Action } from '../steps/action.ts';
import { powerShell } from '../steps/powershell.ts';
import { workingDirectoryOf, writeScript } from '../steps/script-file.ts';
import { runScriptProcess } from '../steps/script-process.ts';

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
