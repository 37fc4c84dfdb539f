import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CleanUp } from './clean-up.ts';
import type { Figure } from './figure.ts';
import type { BenchOptions } from './options.ts';

export type Outcome = { name: string; figures: readonly Figure[]; notes: readonly string[] };

export type Bench = {
  name: string;
  about: string;
  /** Why nothing of it can be measured on this platform; null where it can. */
  unable(): string | null;
  run(lab: Lab): Promise<Omit<Outcome, 'name'>>;
};

/** For benches whose steps are shell scripts. */
export const whyNoShell = (): string | null => (process.platform === 'win32' ? 'not measured: Windows has no /bin/sh.' : null);

/** Where one bench works: a folder of its own, and what has to be undone afterwards. */
export class Lab {
  readonly folder: string;
  readonly options: BenchOptions;
  readonly cleanUp = new CleanUp();
  readonly #name: string;

  private constructor(name: string, folder: string, options: BenchOptions) {
    this.#name = name;
    this.folder = folder;
    this.options = options;
    this.cleanUp.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  }

  static async open(name: string, options: BenchOptions): Promise<Lab> {
    return new Lab(name, await mkdtemp(join(tmpdir(), 'holdfast-bench-')), options);
  }

  /** How many rounds to measure, where the bench itself would make `usual`. */
  rounds(usual: number): number {
    return this.options.rounds ?? usual;
  }

  /** Tells the person who waits what is going on; the table alone goes to standard output. */
  say(what: string): void {
    process.stderr.write(`${this.#name}: ${what}\n`);
  }
}
