import './bootstrap/node-version.mjs';
import { runCommand, say } from './bootstrap/command.mjs';
import { findElectron } from './bootstrap/electron-binary.mjs';
import { runProgram } from './bootstrap/program.mjs';
import { projectRoot } from './bootstrap/project.mjs';
import { runtimeEnvironment } from './bootstrap/runtime.mjs';
import { buildWhereStale, prepareRuntime } from './bootstrap/set-up.mjs';
import { readStartOptions, refuseOptionsKeptByNpm, startHelp } from './bootstrap/start-options.mjs';

/** A shell's way to say that a program could not be run at all, such as for want of a library. */
const couldNotRun = [126, 127];

await runCommand(async () => {
  refuseOptionsKeptByNpm(process.env);
  const options = readStartOptions(process.argv.slice(2));
  if (options.help) {
    say(startHelp());
    return 0;
  }
  const runtime = await prepareRuntime();
  await buildWhereStale(runtime);
  return options.serve ? serve(runtime, options.forApp) : openWindow(runtime, options.forApp);
});

/**
 * @param {string} runtime
 * @param {readonly string[]} options
 */
async function openWindow(runtime, options) {
  const electron = await findElectron(runtime);
  if (electron.kind === 'none') return serveInstead(runtime, { options, because: electron.because });
  const ending = await runProgram({ command: electron.program, args: [projectRoot, '--', ...options], env: windowEnvironment() });
  if (!couldNotRun.includes(ending.exitCode)) return ending.exitCode;
  return serveInstead(runtime, { options, because: 'its binary does not run on this computer' });
}

/**
 * @param {string} runtime
 * @param {{ options: readonly string[], because: string }} facts
 */
async function serveInstead(runtime, { options, because }) {
  say(`Electron's window cannot open (${because}): starting serve mode, for a browser on this computer.`);
  return serve(runtime, options);
}

/**
 * @param {string} runtime
 * @param {readonly string[]} options
 */
async function serve(runtime, options) {
  // The channel closes when this process dies, however it dies: the program can then end too.
  const ending = await runProgram({
    command: runtime,
    args: ['dist/electron/serve-main.js', ...options],
    env: runtimeEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    cwd: projectRoot,
  });
  return ending.exitCode;
}

/** Started from within another Electron app, such as an editor's terminal, Electron would be told to be a plain Node. */
function windowEnvironment() {
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = runtimeEnvironment();
  return environment;
}
