import './bootstrap/node-version.mjs';
import { runCommand } from './bootstrap/command.mjs';
import { buildAlways, prepareRuntime } from './bootstrap/set-up.mjs';

await runCommand(async () => {
  await buildAlways(await prepareRuntime());
  return 0;
});
