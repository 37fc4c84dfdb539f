import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../../../build/bootstrap/program.mjs';
import { projectRoot } from '../../project-root.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const node = (script: string) => ({ command: process.execPath, args: ['-e', script] });

describe('the exit code of a program is kept', () => {
  test('as it is', async () => {
    expect(await runProgram(node('process.exit(7)'))).toEqual({ exitCode: 7, outOfTime: false, interruptedBy: null });
  });

  test('as a shell says it when a signal ended the program', async () => {
    expect(await runProgram(node('process.kill(process.pid, "SIGTERM")'))).toMatchObject({ exitCode: 143 });
  });

  test('as a shell says it when there is no such program', async () => {
    expect(await runProgram({ command: join(temporaryFolder(), 'missing'), args: [] })).toMatchObject({ exitCode: 127 });
  });
});

test('a program that takes too long is ended, and its ending says so', async () => {
  const ending = await runProgram({ ...node('setInterval(() => {}, 1000)'), limitMilliseconds: 200 });
  expect(ending).toEqual({ exitCode: 137, outOfTime: true, interruptedBy: null });
});

describe('Ctrl-C', () => {
  test('reaches the program once, however many signals it takes to get here', async () => {
    const command = startCommand(`
      let count = 0;
      process.on('SIGINT', () => { count += 1; console.log('got ' + count); if (count === 1) setTimeout(() => process.exit(3), 300); });
      process.on('SIGTERM', () => console.log('got another'));
      setInterval(() => {}, 1000);
      console.log('up');
    `);
    await command.line('up');
    command.child.kill('SIGINT');
    await command.line('got 1');
    command.child.kill('SIGINT');
    command.child.kill('SIGTERM');
    await command.line('ended {"exitCode":3,"outOfTime":false,"interruptedBy":"SIGINT"}');
    expect(command.lines).toEqual(['up', 'got 1', expect.stringContaining('ended')]);
  });

  test('ends a program that does not listen, with everything that it started, after five seconds', async () => {
    const command = startCommand(`
      process.on('SIGINT', () => {});
      require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("both up")'], { stdio: 'inherit' });
      setInterval(() => {}, 1000);
    `);
    const closed = once(command.child, 'close');
    await command.line('both up');
    const askedAt = performance.now();
    command.child.kill('SIGINT');
    await command.line('ended {"exitCode":137');
    expect(performance.now() - askedAt).toBeGreaterThan(4900);
    expect(performance.now() - askedAt).toBeLessThan(6500);
    // The output is closed when the last process that could write to it is gone.
    await closed;
  });
});

/** A command that runs this script as its program; it is a process of its own, so that signals can be sent to it. */
function startCommand(script: string) {
  const file = join(temporaryFolder(), 'command.mjs');
  const program = pathToFileURL(join(projectRoot, 'build/bootstrap/program.mjs')).href;
  writeFileSync(
    file,
    `import { runProgram } from ${JSON.stringify(program)};
     const ending = await runProgram({ command: process.execPath, args: ['-e', ${JSON.stringify(script)}] });
     console.log('ended ' + JSON.stringify(ending));`,
  );
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'], env: withoutNpm() });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ...linesOf(child) };
}

function linesOf(child: ChildProcess) {
  const lines: string[] = [];
  const waiting: { beginning: string; found: (line: string) => void }[] = [];
  if (child.stdout === null) throw new Error('the command has no output to read');
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const { beginning, found } of waiting) if (line.startsWith(beginning)) found(line);
  });
  const line = (beginning: string) =>
    new Promise<string>((found) => {
      const already = lines.find((candidate) => candidate.startsWith(beginning));
      if (already === undefined) waiting.push({ beginning, found });
      else found(already);
    });
  return { lines, line };
}

function withoutNpm(): NodeJS.ProcessEnv {
  const { npm_lifecycle_event: _, ...environment } = process.env;
  return environment;
}
