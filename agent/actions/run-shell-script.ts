import type { ScriptInputs } from '../document/script-inputs.ts';
import type { Action } from '../steps/action.ts';
import { workingDirectoryOf, writeScript } from '../steps/script-file.ts';
import { runScriptProcess } from '../steps/script-process.ts';

/**
 * aws:runShellScript: the lines are one script for /bin/sh. As with the SSM agent, a first line such as `#!/usr/bin/env python3`
 * names another interpreter, which is why the file itself is executed.
 */
export const runShellScript: Action<ScriptInputs> = {
  async run(inputs, context) {
    const workingDirectory = workingDirectoryOf(inputs.workingDirectory, context);
    if (!workingDirectory.ok) return { kind: 'failed', reason: workingDirectory.reason };
    const text = `${inputs.runCommand.join('\n')}\n`;
    const file = writeScript({ name: '_script.sh', text }, context);
    return runScriptProcess(
      {
        program: '/bin/sh',
        // Read by sh where nothing else is asked for: that also works where files may not be executed.
        argumentList: text.startsWith('#!') ? ['-c', 'exec "$0"', file] : [file],
        workingDirectory: workingDirectory.path,
        timeoutSeconds: inputs.timeoutSeconds,
        environment: { ...context.environment, ...inputs.environment, ...context.parameterEnvironment },
      },
      context,
    );
  },
};
