import { fork } from 'node:child_process';
import * as z from 'zod';
import { projectPath } from '../project-root.ts';
import { endProcess, nextMessage } from './child-process.ts';
import type { Lab } from './lab.ts';

const Answer = z.object({ milliseconds: z.number() });

/** A process of its own, so that it spawns from a small memory and with nothing else to do. */
export function startBareLoop(lab: Lab): (count: number) => Promise<number> {
  const child = fork(projectPath('test/bench/bare-loop.ts'));
  lab.cleanUp.add(() => endProcess(child, { signal: 'SIGKILL' }));
  return async (count) => {
    child.send({ count });
    return Answer.parse(await nextMessage(child)).milliseconds;
  };
}
