/** The only source of time for everything that acts. Tests put their own in its place. */
export type Clock = {
  now(): Date;
  /** Calls `wake` once when `now()` has reached `at`, however far away that is; the returned function calls it off. */
  wakeAt(at: Date, wake: () => void): () => void;
};
