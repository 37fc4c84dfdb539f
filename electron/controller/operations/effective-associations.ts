import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import { Fault } from '../../domain/faults.ts';
import type { TargetedAssociation } from '../../domain/membership.ts';
import { runDocument } from './application-facts.ts';
import type { Context } from './context.ts';

type EffectiveContext = Pick<Context, 'stores' | 'index' | 'library'>;

/** What an association runs on a node at this moment: a document, the version that its choice comes to, and the text of that. */
export type EffectiveDocument = { documentName: string; documentVersion: number | null; content: string; problem: string | null };

export function effectiveDocument({ library }: Pick<EffectiveContext, 'library'>, association: Association): EffectiveDocument {
  const { documentName, documentVersion, failure } = runDocument({ library }, association);
  if (failure !== null) return { documentName, documentVersion: null, content: '', problem: failure.message };
  return { documentName, documentVersion, content: library.exactly(documentName, documentVersion).version.content, problem: null };
}

/** Those that name the node by its id go before the others, as they do when they are applied (spec.md 3). */
export function effectiveAssociations({ index, stores }: Pick<Context, 'index' | 'stores'>, nodeId: NodeId): TargetedAssociation[] {
  if (stores.nodes.find(nodeId) === null) throw new Fault('InvalidInstanceId', { nodeId });
  const all = index.applyingTo(nodeId);
  const byId = all.filter(({ targets }) => targets.kind === 'nodes');
  return [...byId, ...all.filter(({ targets }) => targets.kind !== 'nodes')];
}
