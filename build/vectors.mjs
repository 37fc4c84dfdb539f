import { resolve } from 'node:path';
import './bootstrap/node-version.mjs';
import { runCommand } from './bootstrap/command.mjs';
import { runProgram } from './bootstrap/program.mjs';
import { projectRoot } from './bootstrap/project.mjs';
import { runtimeEnvironment } from './bootstrap/runtime.mjs';
import { prepareRuntime } from './bootstrap/set-up.mjs';

await runCommand(async () => {
  const runtime = await prepareRuntime();
  // A folder is meant from where the command was started, which npm remembers before it goes to the project.
  const from = process.env.INIT_CWD ?? process.cwd();
  const args = ['test/vector-groups/main.ts', ...process.argv.slice(2).map((folder) => resolve(from, folder))];
  const ending = await runProgram({ command: runtime, args, env: runtimeEnvironment(), cwd: projectRoot });
  return ending.exitCode;
});
