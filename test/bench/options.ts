import { parseArgs } from 'node:util';
import * as z from 'zod';

export class UsageError extends Error {}

export type BenchOptions = {
  /** Names of the benches to run; null runs all. */
  only: readonly string[] | null;
  /** Null leaves each bench its own number. */
  rounds: number | null;
  json: string | null;
  /** Where to write a CPU profile of the controller. */
  profileFolder: string | null;
  /** How many real agents, and how many simulated idle ones. */
  fleetSizes: readonly number[];
  idleSizes: readonly number[];
  help: boolean;
};

export const USAGE = `Usage: npm run bench -- [options]

  --only NAME,…      run only these
  --rounds N         measure N times (default: at least 5, more where a round is short)
  --json FILE        also write every value of every round to a file
  --fleet N,…        how many real agents run true (default 1,10,50,200)
  --idle N,…         how many simulated agents sit idle (default 0,200,2000; 5000 is the design's own figure)
  --cpu-prof DIR     write CPU profiles of the controller to a folder
  --help             show this`;

const Sizes = z
  .string()
  .regex(/^\d{1,5}(,\d{1,5})*$/)
  .transform((text) =>
    text
      .split(',')
      .map(Number)
      .toSorted((a, b) => a - b),
  );

const Values = z.object({
  only: z.string().optional(),
  rounds: z.coerce.number().int().min(1).max(1000).optional(),
  json: z.string().min(1).optional(),
  fleet: Sizes.default([1, 10, 50, 200]),
  idle: Sizes.default([0, 200, 2000]),
  'cpu-prof': z.string().min(1).optional(),
  help: z.boolean().default(false),
});

/** Throws a UsageError that says which option is wrong. */
export function readOptions(args: readonly string[], names: readonly string[]): BenchOptions {
  const values = parsed(args);
  const only = values.only?.split(',') ?? null;
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no bench '${unknown}'; there are ${names.join(', ')}.`);
  return {
    only,
    rounds: values.rounds ?? null,
    json: values.json ?? null,
    profileFolder: values['cpu-prof'] ?? null,
    fleetSizes: values.fleet,
    idleSizes: values.idle,
    help: values.help,
  };
}

function parsed(args: readonly string[]): z.infer<typeof Values> {
  try {
    const text = { type: 'string' } as const;
    const options = { only: text, rounds: text, json: text, fleet: text, idle: text, 'cpu-prof': text, help: { type: 'boolean' } } as const;
    const values = Values.safeParse(parseArgs({ args: [...args], options }).values);
    if (values.success) return values.data;
    throw new UsageError(`--${values.error.issues[0]?.path.join('.')} is not as it must be.\n\n${USAGE}`);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`, { cause });
  }
}
