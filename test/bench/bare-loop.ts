/** What any program that runs commands pays at least: a Node that does nothing but spawn them, all at once. Started by bare-spawns.ts. */
import { spawn } from 'node:child_process';
import * as z from 'zod';

const Order = z.object({ count: z.number() });

function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('true', { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`true ended with ${code}`))));
  });
}

process.on('message', (message) => {
  const { count } = Order.parse(message);
  const startedAt = performance.now();
  void Promise.all(Array.from({ length: count }, run)).then(() => process.send?.({ milliseconds: performance.now() - startedAt }));
});
process.on('disconnect', () => process.exit(0));
