import type { OutputDestination } from '../../domain/output-destination.ts';

/** A store or a folder that is open for writing. Everything rejects with what its keeper said. */
export type OutputPlace = {
  /** In the place of what has that key. `body` is asked for again when it has to be sent again. */
  put(key: string, body: () => AsyncIterable<Uint8Array>, bytes: number): Promise<void>;
  /** Writes a small object and takes it away again. */
  prove(): Promise<void>;
  /** What people and the API are told of a folder of keys. */
  urlOf(folder: string): string;
  close(): void;
};

/** `secret` as it is, of a store that needs one. */
export type OpenOutputPlace = (destination: OutputDestination, secret: string | null) => Promise<OutputPlace>;
