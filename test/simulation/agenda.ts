type Entry = { at: number; number: number; act: () => void };

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.number < b.number);

/** What is to be done at moments to come: the earliest first, and where the moment is the same, in the order of writing down. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #number = 0;

  get next(): number | null {
    return this.#heap[0]?.at ?? null;
  }

  add(at: number, act: () => void): void {
    const heap = this.#heap;
    const entry = { at, number: this.#number++, act };
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || isBefore(parent, entry)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = entry;
  }

  /** The first that is due, taken out. */
  take(now: number): (() => void) | null {
    const [first] = this.#heap;
    if (first === undefined || first.at > now) return null;
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first.act;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [a, b] = [heap[left], heap[left + 1]];
      const child = b !== undefined && a !== undefined && isBefore(b, a) ? left + 1 : left;
      const below = heap[child];
      if (below === undefined || isBefore(entry, below)) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = entry;
  }
}
