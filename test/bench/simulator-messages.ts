import * as z from 'zod';

const SimulatedNode = z.object({ key: z.string(), certificate: z.string(), authority: z.string() });

/** What the process of simulated agents is asked; it answers each before it takes the next. */
export const SimulatorCommand = z.discriminatedUnion('kind', [
  /** Connects these too, and greets; answered when all are welcome. */
  z.object({ kind: z.literal('connect'), hubPort: z.number(), nodes: z.array(SimulatedNode) }),
  /** Answered when so many orders, that no report answered yet, have come. */
  z.object({ kind: z.literal('gather'), orders: z.number() }),
  /** Reports every gathered order as done, all at once; answered when the last report is stored. */
  z.object({ kind: z.literal('report'), reportsPerFrame: z.number() }),
]);
export type SimulatorCommand = z.infer<typeof SimulatorCommand>;

export const SimulatorAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connected'), agents: z.number() }),
  z.object({ kind: z.literal('gathered') }),
  z.object({ kind: z.literal('stored'), reports: z.number(), milliseconds: z.number() }),
  z.object({ kind: z.literal('failed'), problem: z.string() }),
]);
export type SimulatorAnswer = z.infer<typeof SimulatorAnswer>;
