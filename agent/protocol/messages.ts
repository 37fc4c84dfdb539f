import * as z from 'zod';
import { AssociationId, ExecutionId, SiteId } from './ids.ts';
import { OUTPUT_CHUNK_BYTES } from './output-limits.ts';
import { SequencedReport } from './reports.ts';

/** Largest frame either end accepts, in bytes. */
export const MAX_FRAME_BYTES = 1024 * 1024;

const Instant = z.iso.datetime();
const Label = z.string().max(256);

export const PlatformType = z.enum(['Linux', 'MacOS', 'Windows']);
export type PlatformType = z.infer<typeof PlatformType>;

export const PlatformFacts = z.strictObject({
  platformType: PlatformType,
  platformName: Label,
  platformVersion: Label,
  architecture: Label,
  computerName: Label,
  ipAddress: Label,
});
export type PlatformFacts = z.infer<typeof PlatformFacts>;

export const OutputStream = z.enum(['stdout', 'stderr']);
export type OutputStream = z.infer<typeof OutputStream>;

/** Names one stream of one attempt of one step of one occurrence. */
const StreamRef = {
  executionId: ExecutionId,
  stepIndex: z.number().int().min(0).max(999),
  attempt: z.number().int().min(1).max(16),
  stream: OutputStream,
};

const Hello = z.strictObject({
  type: z.literal('hello'),
  protocolVersion: z.number().int().positive(),
  agentVersion: Label,
  facts: PlatformFacts,
  bootId: Label,
  /** The node's clock as it says this, so that the controller can show how far it is off. */
  at: Instant,
  /** Reports that wait on the node's disk. */
  outboxDepth: z.number().int().nonnegative(),
});

const Heartbeat = z.strictObject({ type: z.literal('heartbeat'), at: Instant });

const ReportMessage = z.strictObject({ type: z.literal('report'), reports: z.array(SequencedReport).min(1).max(256) });

/** Bytes of a stream from `offset` on; base64, because a chunk may end inside a character. */
const Output = z.strictObject({
  type: z.literal('output'),
  ...StreamRef,
  offset: z.number().int().nonnegative(),
  base64: z
    .base64()
    .min(4)
    .max(Math.ceil(OUTPUT_CHUNK_BYTES / 3) * 4),
});

const Renewal = z.strictObject({ type: z.literal('renewal'), csr: z.string().max(16_384) });

/** Ids that one step may name; naming none asks for all associations of the node. */
export const MOST_REFRESHED = 100;

/**
 * A step asks that associations are applied on its node now (aws:refreshAssociation). It is said again after every welcome until it is
 * answered: what a step has started already is not started again.
 */
const Refresh = z.strictObject({
  type: z.literal('refresh'),
  executionId: ExecutionId,
  stepIndex: z.number().int().min(0).max(999),
  associationIds: z.array(AssociationId).max(MOST_REFRESHED),
});

export const FromAgent = z.discriminatedUnion('type', [Hello, Heartbeat, ReportMessage, Output, Renewal, Refresh]);
export type FromAgent = z.infer<typeof FromAgent>;

const Welcome = z.strictObject({
  type: z.literal('welcome'),
  at: Instant,
  siteId: SiteId,
  /** Highest report sequence of this node that is durably stored. */
  storedSequence: z.number().int().nonnegative(),
  heartbeatSeconds: z.number().int().positive(),
});

/** `signature`: base64 of Ed25519 over the UTF-8 bytes of `order`, which is the JSON text of a RunOrder. */
const Run = z.strictObject({ type: z.literal('run'), order: z.string().max(900_000), signature: z.base64().max(128) });

const Cancel = z.strictObject({ type: z.literal('cancel'), executionId: ExecutionId, reason: z.string().max(500) });

/** Sent after the commit, never before: the agent may forget its reports up to here. */
const Stored = z.strictObject({ type: z.literal('stored'), sequence: z.number().int().positive() });

/** Everything of the stream before `storedTo` is kept by the controller; the agent may send CREDIT_WINDOW_BYTES beyond it. */
const Credit = z.strictObject({
  type: z.literal('credit'),
  ...StreamRef,
  storedTo: z.number().int().nonnegative(),
  /** What was sent beyond it had no room and was not kept: there is some now, and it is to be sent again. */
  again: z.literal(true).optional(),
});

const Renewed = z.strictObject({ type: z.literal('renewed'), certificate: z.string().max(16_384) });

/** What a refresh did with one association: `because` says why it was not started. */
export const RefreshedAssociation = z.strictObject({
  associationId: AssociationId,
  title: z.string().max(128),
  result: z.enum(['Started', 'LeftOut', 'Skipped', 'Failed']),
  because: z.string().max(300),
});
export type RefreshedAssociation = z.infer<typeof RefreshedAssociation>;

/** As many as a site can have, and all of them can apply to one node. */
const MOST_ASSOCIATIONS = 2000;

/** The answer to `refresh`. When it is refused, nothing was started. */
const Refreshed = z.strictObject({
  type: z.literal('refreshed'),
  executionId: ExecutionId,
  stepIndex: z.number().int().min(0).max(999),
  answer: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('done'), associations: z.array(RefreshedAssociation).max(MOST_ASSOCIATIONS) }),
    z.strictObject({ kind: z.literal('refused'), problem: z.string().max(1000) }),
  ]),
});
export type RefreshAnswer = z.infer<typeof Refreshed>['answer'];

export const FromController = z.discriminatedUnion('type', [Welcome, Run, Cancel, Stored, Credit, Renewed, Refreshed]);
export type FromController = z.infer<typeof FromController>;
export type StreamRef = Pick<Extract<FromController, { type: 'credit' }>, 'executionId' | 'stepIndex' | 'attempt' | 'stream'>;
