import { existsSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One app per folder of user data, as Electron keeps it; a second one tells the first by way of a file. */
export function holdSingleInstance(folder: string, onSecond: (commandLine: readonly string[]) => void): boolean {
  const lock = join(folder, 'double.lock');
  const note = 'double.second-instance';
  if (existsSync(lock) && isRunning(Number(readFileSync(lock, 'utf8')))) {
    writeFileSync(join(folder, note), JSON.stringify(process.argv));
    return false;
  }
  writeFileSync(lock, String(process.pid));
  watch(folder, { persistent: false }, (_kind, name) => {
    const file = join(folder, note);
    if (name !== note || !existsSync(file)) return;
    const text = readFileSync(file, 'utf8');
    // A file appears before it is filled; the next notice has all of it.
    if (text === '') return;
    rmSync(file);
    onSecond(JSON.parse(text));
  });
  return true;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
