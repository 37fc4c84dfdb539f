import type { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { FromController } from '../../../agent/protocol/messages.ts';
import type { RunOrder } from '../../../agent/protocol/run-order.ts';
import { sealedFor } from '../../../agent/protocol/sealed-secret.ts';
import type { RunFailure } from '../../domain/application.ts';
import type { ExecutionTarget } from '../../domain/execution.ts';
import type { Context } from './context.ts';
import { currentRunValues } from './parameter-values.ts';

/** How long an order that was sent may still begin: a node whose queue is full gets that long. */
const ORDER_LIFE_MS = 24 * 3_600_000;

export type SignedOrder = { nodeId: NodeId; message: FromController };
/** `failure` is set when the run has nothing that could be sent: what it refers to is not there, or does not fit. */
export type Orders = { orders: SignedOrder[]; failure: RunFailure | null };

type OrderContext = Pick<Context, 'stores' | 'library' | 'clock' | 'signer' | 'cipher' | 'link'>;
type OrderForAll = Omit<RunOrder, 'nodeId' | 'sealed'>;

const NOTHING: Orders = { orders: [], failure: null };

/** The secrets of a run as one node alone can open them; null when that node is not there to be sealed for. */
export function sealedSecrets(
  { link, cipher }: Pick<OrderContext, 'link' | 'cipher'>,
  executionId: ExecutionId,
  { nodeId, secrets }: { nodeId: NodeId; secrets: Readonly<Record<string, string>> },
): Pick<RunOrder, 'sealed'> | null {
  const entries = Object.entries(secrets);
  if (entries.length === 0) return {};
  const publicKeyPem = link.publicKeyOf(nodeId);
  if (publicKeyPem === null) return null;
  const seal = ([parameter, secret]: [string, string]) => {
    const belongsTo = sealedFor({ executionId, nodeId, parameter });
    return [parameter, cipher.sealFor(secret, { publicKeyPem, belongsTo })] as const;
  };
  return { sealed: Object.fromEntries(entries.map(seal)) };
}

/**
 * The signed `run` message for each target of one execution, made from the association version that it runs with and from what
 * Parameter Store has at this moment. A node that went away gets its order when it is back.
 */
export function runOrders(context: OrderContext, executionId: ExecutionId, targets: readonly Pick<ExecutionTarget, 'nodeId'>[]): Orders {
  const { stores, library, clock, signer } = context;
  const execution = targets.length === 0 ? null : stores.executions.find(executionId);
  if (execution === null) return NOTHING;
  const settings = stores.associations.versionDraft(execution.associationId, execution.associationVersion);
  if (settings === null) return NOTHING;
  const { content } = library.exactly(execution.documentName, execution.documentVersion);
  const values = currentRunValues(context, { document: content, parameters: settings.parameters });
  if (!values.ok) return { orders: [], failure: values };
  const now = clock.now();
  const order: OrderForAll = {
    kind: 'run',
    executionId,
    associationId: execution.associationId,
    associationVersion: execution.associationVersion,
    documentName: execution.documentName,
    documentVersion: execution.documentVersion,
    document: values.document,
    parameters: values.parameters,
    ...(settings.mode === 'Enforce' ? {} : { mode: settings.mode }),
    streamCapBytes: stores.retention.settings().streamCapBytes,
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + ORDER_LIFE_MS).toISOString(),
  };
  const orders = targets.flatMap(({ nodeId }): SignedOrder[] => {
    const sealed = sealedSecrets(context, executionId, { nodeId, secrets: values.secrets });
    if (sealed === null) return [];
    const text = JSON.stringify({ ...order, nodeId, ...sealed } satisfies RunOrder);
    return [{ nodeId, message: { type: 'run', order: text, signature: signer.sign(text) } }];
  });
  return { orders, failure: null };
}
