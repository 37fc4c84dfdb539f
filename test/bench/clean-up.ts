type Step = () => Promise<void>;

/** What has to be undone, newest first, whether a bench ends well, fails or is interrupted. */
export class CleanUp {
  readonly #steps: Step[] = [];
  #running: Promise<void> | null = null;

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** Undoes everything once; a step that fails does not keep the others from being made. */
  run(): Promise<void> {
    this.#running ??= this.#undo();
    return this.#running;
  }

  async #undo(): Promise<void> {
    const newestFirst = this.#steps.splice(0).reverse();
    for (const undo of newestFirst) {
      try {
        await undo();
      } catch (cause) {
        process.stderr.write(`Not cleaned up: ${String(cause)}\n`);
      }
    }
  }
}
