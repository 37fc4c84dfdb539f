import './bootstrap/node-version.mjs';
import { runCommand } from './bootstrap/command.mjs';
import { runProgram } from './bootstrap/program.mjs';
import { projectRoot } from './bootstrap/project.mjs';
import { runtimeEnvironment } from './bootstrap/runtime.mjs';
import { buildWhereStale, prepareRuntime } from './bootstrap/set-up.mjs';

await runCommand(async () => {
  const runtime = await prepareRuntime();
  await buildWhereStale(runtime);
  const args = ['test/bench/bench.ts', ...process.argv.slice(2)];
  const ending = await runProgram({ command: runtime, args, env: runtimeEnvironment(), cwd: projectRoot });
  return ending.exitCode;
});
