import * as z from 'zod';
import { DocumentContent } from '../document/document.ts';
import { ExecutionId, NodeId } from './ids.ts';
import { INVENTORY_ITEM_LIMIT, SentInventoryItem } from './inventory.ts';
import { SealedSecret } from './sealed-secret.ts';

/*
 * What a step asks of the controller while it runs: one request over the same mutual TLS as everything else, POST to QUESTION_PATH with
 * a Question as JSON, answered by that question's answer. The node is the certificate's, never a field. Files come by their hash from
 * BLOB_PATH. What an agent will act on comes as a SignedText, as orders do.
 */

export const QUESTION_PATH = '/ask';
/** Followed by a slash and the SHA-256 of the file in lower-case hexadecimal. Answers `Range` requests. */
export const BLOB_PATH = '/blobs';
/** Largest question, in bytes: the inventory of one node may have 10 MB (spec.md 15). */
export const MAX_QUESTION_BYTES = 12 * 1024 * 1024;
/** Largest answer, in bytes. */
export const MAX_ANSWER_BYTES = 1024 * 1024;

/** The step that asks: only one that is in progress on the asking node gets an answer. */
const AskingStep = { executionId: ExecutionId, stepIndex: z.number().int().min(0).max(999) };

/** `signature`: base64 of Ed25519, with the site's signing key, over the UTF-8 bytes of `text`. */
export const SignedText = z.strictObject({ text: z.string().max(900_000), signature: z.base64().max(128) });
export type SignedText = z.infer<typeof SignedText>;

/** A document by its name, for aws:runDocument and aws:downloadContent. */
const DocumentQuestion = z.strictObject({
  ask: z.literal('document'),
  ...AskingStep,
  name: z.string().min(1).max(256),
  version: z.string().regex(/^(\$LATEST|\$DEFAULT|[1-9]\d{0,8})$/),
});

/**
 * A document that shall run in the place of a step: with what it refers to put in, for aws:runDocument. `given`: the parameters that
 * the step gives, whose defaults mean nothing then.
 */
const ChildQuestion = z.strictObject({
  ask: z.literal('child'),
  ...AskingStep,
  name: z.string().min(1).max(256),
  version: z.string().regex(/^(\$LATEST|\$DEFAULT|[1-9]\d{0,8})$/),
  given: z.array(z.string().max(128)).max(500),
});

/** PutComplianceItems for the asking node; `upload` as the SSM API has it, without the resource, which is the node. */
const ComplianceQuestion = z.strictObject({
  ask: z.literal('compliance'),
  ...AskingStep,
  upload: z.record(z.string(), z.unknown()),
});

/** PutInventory for the asking node, each type once: first without content, then with the content that the answer asks for. */
const InventoryQuestion = z.strictObject({
  ask: z.literal('inventory'),
  ...AskingStep,
  items: z.array(SentInventoryItem).max(INVENTORY_ITEM_LIMIT),
});

const MachineName = z.string().min(1).max(256);

/** The file of a package for the asking machine; names as a Distributor manifest has them (debian, 12, x86_64). */
const PackageQuestion = z.strictObject({
  ask: z.literal('package'),
  ...AskingStep,
  name: z.string().min(1).max(256),
  /** `$LATEST` stands for the version that is to be installed where none is named. */
  version: z.string().min(1).max(256),
  machine: z.strictObject({ platform: MachineName, release: z.string().max(256), architecture: MachineName }),
});

export const Question = z.discriminatedUnion('ask', [
  DocumentQuestion,
  ChildQuestion,
  ComplianceQuestion,
  InventoryQuestion,
  PackageQuestion,
]);
export type Question = z.infer<typeof Question>;

/** `kind` and `executionId` keep a signed text from being taken for another sort, or for that of another run. */
export const SentDocument = z.strictObject({
  kind: z.literal('document'),
  executionId: ExecutionId,
  name: z.string(),
  documentVersion: z.number().int().positive(),
  format: z.enum(['JSON', 'YAML']),
  source: z.string(),
});
export type SentDocument = z.infer<typeof SentDocument>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** `file` is to be fetched from BLOB_PATH. */
export const SentPackage = z.strictObject({
  kind: z.literal('package'),
  executionId: ExecutionId,
  name: z.string(),
  version: z.string(),
  file: z.strictObject({ name: z.string(), sha256: Sha256, size: z.number().int().nonnegative() }),
});
export type SentPackage = z.infer<typeof SentPackage>;

/** As in an order: `parameters` and `sealed` are what defaults and steps refer to. The steps are resolved. */
export const SentChild = z.strictObject({
  kind: z.literal('child'),
  executionId: ExecutionId,
  nodeId: NodeId,
  name: z.string(),
  documentVersion: z.number().int().positive(),
  document: DocumentContent,
  parameters: z.record(z.string(), z.array(z.string())),
  sealed: z.record(z.string(), SealedSecret),
});
export type SentChild = z.infer<typeof SentChild>;

/** The JSON inside the SignedText that answers these. */
export const signedAnswers = { document: SentDocument, child: SentChild, package: SentPackage } as const;
/** The answers to all other questions. */
export const plainAnswers = {
  compliance: z.strictObject({ ignored: z.boolean() }),
  /** The types of which the controller has not what the hash says, and those that it does not take, each with the reason. */
  inventory: z.strictObject({
    needed: z.array(z.string()).max(INVENTORY_ITEM_LIMIT),
    refused: z.array(z.strictObject({ typeName: z.string(), problem: z.string() })).max(INVENTORY_ITEM_LIMIT),
  }),
} as const;

type Answers = typeof signedAnswers & typeof plainAnswers;

export type AnswerTo<Asked extends Question> = z.infer<Answers[Asked['ask']]>;

/** Said in the place of an answer, with an HTTP status of 400 or above. */
export const QuestionRefusal = z.strictObject({ code: z.string().max(64), title: z.string().max(1000), remedy: z.string().max(1000) });
export type QuestionRefusal = z.infer<typeof QuestionRefusal>;
