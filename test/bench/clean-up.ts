type Step = () => void | Promise<void>;

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
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (cause) {
        process.stderr.write(`Not cleaned up: ${String(cause)}\n`);
      }
    }
  }
}
