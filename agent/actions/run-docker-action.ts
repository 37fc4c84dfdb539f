import type { DockerInputs } from '../document/docker-inputs.ts';
import type { Action } from '../steps/action.ts';
import { findProgram, runCommand } from '../steps/command.ts';
import { dockerArguments } from './docker-command.ts';
import { splitWords } from './split-words.ts';

const TIMEOUT_SECONDS = 3600;

/** aws:runDockerAction, by docker or podman. */
export const runDockerAction: Action<DockerInputs> = {
  async run(inputs, context) {
    const program = findProgram('docker', context) ?? findProgram('podman', context);
    if (program === null)
      return { kind: 'failed', reason: 'Neither docker nor podman is on this node. Install one of them, for example by holdfast:package.' };
    const words = typeof inputs.cmd === 'string' ? splitWords(inputs.cmd) : inputs.cmd;
    if (words === null) return { kind: 'failed', reason: 'A quote in cmd is not closed.' };
    const argumentList = dockerArguments(inputs, words);
    const outcome = await runCommand({ program, argumentList, timeoutSeconds: TIMEOUT_SECONDS, isShown: true }, context);
    if (outcome.kind !== 'exited') return outcome;
    // What runs in a container does not speak for the document, nor does it restart the machine.
    if (outcome.exitCode !== 0) return { kind: 'failed', reason: `docker ${argumentList[0]} ended with exit code ${outcome.exitCode}.` };
    return { kind: 'exited', exitCode: 0 };
  },
};
