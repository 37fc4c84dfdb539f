import { schedule as cronJob } from 'node-cron';
import type { Context } from './operations/context.ts';
import type { Freed } from './operations/retain-outputs.ts';
import { askForStalled, forgetComplianceHistory, retainOutputs } from './operations/retain-outputs.ts';

type KeeperContext = Pick<Context, 'stores' | 'outputs' | 'clock' | 'changes' | 'link' | 'log'>;

export type OutputKeeper = {
  /** Lets go of what is too old or too much; answers what that was. Whoever asks while it is under way gets the same answer. */
  run(): Promise<Freed>;
  /** After the settings have changed: what is under way goes by the old ones, so another follows it. */
  runAgain(): Promise<Freed>;
  /** After that. */
  stop(): Promise<void>;
};

/** Keeps output and history within what the site's settings say: every hour, and at once when something had no room. */
export function startOutputKeeper(context: KeeperContext): OutputKeeper {
  const { outputs, stores, log } = context;
  let underWay: Promise<Freed> | null = null;
  outputs.setQuota(stores.retention.settings().outputQuotaBytes);

  const run = (): Promise<Freed> => {
    underWay ??= keep().finally(() => {
      underWay = null;
    });
    return underWay;
  };
  async function keep(): Promise<Freed> {
    outputs.setQuota(stores.retention.settings().outputQuotaBytes);
    const freed = await retainOutputs(context);
    await forgetComplianceHistory(context);
    if (freed.executions > 0) {
      log.info('output-dropped', { executions: freed.executions, bytes: freed.bytes });
      askForStalled(context);
    }
    return freed;
  }
  const runQuietly = (): void => {
    run().catch((cause: unknown) => log.error('output-not-kept-in-bounds', cause));
  };

  outputs.onFull(runQuietly);
  const hourly = cronJob('17 * * * *', runQuietly, { suppressMissedWarning: true });
  // What had no room because everything was still running may have some now.
  const minutely = cronJob('* * * * *', () => (outputs.stalledNodes().size > 0 ? runQuietly() : undefined), {
    suppressMissedWarning: true,
  });
  return {
    run,
    async runAgain() {
      await underWay?.catch(() => undefined);
      return run();
    },
    async stop() {
      await Promise.all([hourly.destroy(), minutely.destroy()]);
      await underWay?.catch(() => undefined);
    },
  };
}
