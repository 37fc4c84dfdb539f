import * as z from 'zod';
import { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import { Fault } from '../../domain/faults.ts';
import type { Context } from '../operations/context.ts';

/** As the API's model has it, which is wider than what we give. */
export const AssociationIdText = z.string().regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'an association id is a UUID.');

/** How a request says which association is meant: by its id, or by the legacy pair. */
export const associationChoice = {
  AssociationId: AssociationIdText.optional(),
  Name: z.string().optional(),
  InstanceId: z.string().optional(),
};

export type AssociationChoice = { AssociationId?: string | undefined; Name?: string | undefined; InstanceId?: string | undefined };

type Stored = Pick<Context, 'stores'>;

export function associationById({ stores }: Stored, text: string): Association {
  const id = AssociationId.safeParse(text.toLowerCase());
  const association = id.success ? stores.associations.find(id.data) : null;
  if (association !== null) return association;
  throw new Fault('AssociationDoesNotExist', { associationId: text }, { places: [{ field: 'AssociationId' }] });
}

/** The node that a request names. */
export function namedNode({ stores }: Stored, text: string, field = 'InstanceId'): NodeId {
  const nodeId = NodeId.safeParse(text);
  if (nodeId.success && stores.nodes.find(nodeId.data) !== null) return nodeId.data;
  throw new Fault('InvalidInstanceId', { nodeId: text }, { places: [{ field }] });
}

export function associationByPair({ stores }: Stored, { Name, InstanceId }: { Name: string; InstanceId: string }): Association {
  const nodeId = namedNode({ stores }, InstanceId);
  const association = stores.associations.legacyPair(Name, nodeId);
  if (association !== null) return association;
  if (stores.documents.find(Name) === null) throw new Fault('InvalidDocument', { name: Name }, { places: [{ field: 'Name' }] });
  throw new Fault('AssociationDoesNotExist', { name: Name, nodeId }, { places: [{ field: 'Name' }, { field: 'InstanceId' }] });
}

export function chosenAssociation(context: Stored, { AssociationId: id, Name, InstanceId }: AssociationChoice): Association {
  if (id !== undefined && Name === undefined && InstanceId === undefined) return associationById(context, id);
  if (id === undefined && Name !== undefined && InstanceId !== undefined) return associationByPair(context, { Name, InstanceId });
  const problems = ['An association is meant by AssociationId, or by Name and InstanceId together.'];
  throw new Fault('ValidationException', { problems }, { places: [{ field: 'AssociationId' }] });
}
