import type { UtilityProcess } from 'electron';

/** Together they stay within the 4.5 s that `npm start` waits after Ctrl-C before it ends everything by force. */
const leaveWithinMilliseconds = 3500;
const dieWithinMilliseconds = 500;

/** Asks a process to leave, and ends it by force when it takes too long. Resolves when it is gone. */
export async function endProcess<Process extends Pick<UtilityProcess, 'once' | 'kill' | 'pid'>>(
  child: Process,
  askToLeave: (child: Process) => void,
): Promise<void> {
  const gone = new Promise<'gone'>((resolve) => {
    child.once('exit', () => resolve('gone'));
  });
  const pid = child.pid;
  askToLeave(child);
  if ((await Promise.race([gone, patience(leaveWithinMilliseconds)])) === 'gone') return;
  child.kill();
  if ((await Promise.race([gone, patience(dieWithinMilliseconds)])) === 'gone') return;
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await gone;
}

function patience(milliseconds: number): Promise<'over'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('over'), milliseconds).unref();
  });
}
