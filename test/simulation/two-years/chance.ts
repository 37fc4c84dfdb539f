/** Numbers that look random and are the same at every run (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, and not, 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number; both ends may come. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  happens(probability: number): boolean {
    return this.fraction() < probability;
  }

  oneOf<Thing>(things: readonly Thing[]): Thing {
    const thing = things[this.between(0, things.length - 1)];
    if (thing === undefined) throw new Error('There is nothing to choose from.');
    return thing;
  }

  /** So many different ones; fewer where there are fewer. */
  someOf<Thing>(things: readonly Thing[], count: number): Thing[] {
    const left = [...things];
    const chosen: Thing[] = [];
    while (chosen.length < count && left.length > 0) chosen.push(...left.splice(this.between(0, left.length - 1), 1));
    return chosen;
  }
}

/** The same fraction for the same text: what a run comes to hangs on nothing but who runs what for the how many-th time. */
export function fractionOf(text: string): number {
  let hash = 2_166_136_261;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 16_777_619);
  return new Chance(hash).fraction();
}
