import * as z from 'zod';
import { DestinationDraft, OutputDestination } from '../domain/output-destination.ts';
import { RetentionSettings } from '../domain/output-retention.ts';
import { call } from './call.ts';

const Freed = z.object({ executions: z.number(), bytes: z.number() });

export const Retention = z.object({
  settings: RetentionSettings,
  usedBytes: z.number(),
  /** False while what was there at the start is still counted. */
  isCounted: z.boolean(),
});
export type Retention = z.infer<typeof Retention>;

const OlderThan = z.strictObject({ olderThanDays: z.number().int().min(0).max(3650) });
const Name = z.strictObject({ name: z.string().max(100) });

/** The output of runs: how much is kept, and where it is copied to. */
export const outputs = {
  retention: call.output(Retention),
  /** Also lets go at once of what the new settings do not keep. */
  setRetention: call.input(RetentionSettings).output(Retention),
  /** What `free` would let go. */
  freeable: call.input(OlderThan).output(Freed),
  /** Output that is older; of each association the newest run that is over is kept. */
  free: call.input(OlderThan).output(Freed),
  /** By name, without their secrets. */
  destinations: call.output(z.array(z.object({ destination: OutputDestination, associations: z.number() }))),
  putDestination: call.input(DestinationDraft).output(OutputDestination),
  /** Writes a small object there and takes it away again; null is the secret that is kept. */
  testDestination: call.input(DestinationDraft).output(z.void()),
  deleteDestination: call.input(Name).output(z.void()),
};
