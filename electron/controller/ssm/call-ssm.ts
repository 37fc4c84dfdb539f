import { Fault } from '../../domain/faults.ts';
import type { Context } from '../operations/context.ts';
import { updateAssociationStatus } from './association-status.ts';
import { getCalendarState } from './calendar-state.ts';
import { deleteAssociation, startAssociations, updateAssociation } from './change-association.ts';
import { getCommandInvocation } from './command-invocation.ts';
import { listComplianceItems, listComplianceSummaries, listResourceComplianceSummaries, putComplianceItems } from './compliance.ts';
import { createAssociation, createAssociationBatch } from './create-association.ts';
import { getDocument, listDocuments, listDocumentVersions } from './document-lists.ts';
import { createDocument, deleteDocument, describeDocument, updateDocument, updateDocumentDefaultVersion } from './documents.ts';
import { describeAssociationExecutions, describeAssociationExecutionTargets } from './executions.ts';
import { describeEffectiveInstanceAssociations, describeInstanceAssociationsStatus } from './instance-associations.ts';
import { describeInstanceInformation } from './instance-information.ts';
import { getInventory, getInventorySchema, listInventoryEntries, putInventory } from './inventory.ts';
import { deleteInventory, describeInventoryDeletions } from './inventory-deletion.ts';
import type { Operation } from './operation.ts';
import { describeParameters, getParameterHistory, getParametersByPath } from './parameter-lists.ts';
import { deleteParameter, deleteParameters, getParameter, getParameters, putParameter } from './parameters.ts';
import { describeAssociation, listAssociations, listAssociationVersions } from './show-associations.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './tags.ts';

const operations: Readonly<Record<string, Operation>> = {
  CreateAssociation: createAssociation,
  CreateAssociationBatch: createAssociationBatch,
  UpdateAssociation: updateAssociation,
  UpdateAssociationStatus: updateAssociationStatus,
  DeleteAssociation: deleteAssociation,
  DescribeAssociation: describeAssociation,
  ListAssociations: listAssociations,
  ListAssociationVersions: listAssociationVersions,
  StartAssociationsOnce: startAssociations,
  DescribeAssociationExecutions: describeAssociationExecutions,
  DescribeAssociationExecutionTargets: describeAssociationExecutionTargets,
  GetCommandInvocation: getCommandInvocation,
  DescribeEffectiveInstanceAssociations: describeEffectiveInstanceAssociations,
  DescribeInstanceAssociationsStatus: describeInstanceAssociationsStatus,
  PutComplianceItems: putComplianceItems,
  ListComplianceItems: listComplianceItems,
  ListResourceComplianceSummaries: listResourceComplianceSummaries,
  ListComplianceSummaries: listComplianceSummaries,
  PutInventory: putInventory,
  GetInventory: getInventory,
  GetInventorySchema: getInventorySchema,
  ListInventoryEntries: listInventoryEntries,
  DeleteInventory: deleteInventory,
  DescribeInventoryDeletions: describeInventoryDeletions,
  AddTagsToResource: addTagsToResource,
  RemoveTagsFromResource: removeTagsFromResource,
  ListTagsForResource: listTagsForResource,
  DescribeInstanceInformation: describeInstanceInformation,
  GetCalendarState: getCalendarState,
  PutParameter: putParameter,
  GetParameter: getParameter,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
  GetParameterHistory: getParameterHistory,
  DescribeParameters: describeParameters,
  DeleteParameter: deleteParameter,
  DeleteParameters: deleteParameters,
  CreateDocument: createDocument,
  UpdateDocument: updateDocument,
  UpdateDocumentDefaultVersion: updateDocumentDefaultVersion,
  DeleteDocument: deleteDocument,
  DescribeDocument: describeDocument,
  GetDocument: getDocument,
  ListDocuments: listDocuments,
  ListDocumentVersions: listDocumentVersions,
};

export const OPERATIONS: readonly string[] = Object.keys(operations);

/** Answers one call of the SSM API. Throws a Fault whose code is the API's error name, on the member that caused it. */
export function callSsm(context: Context, name: string, request: unknown): object {
  const answer = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (answer === undefined) throw new Fault('UnknownOperationException', { operation: name });
  return answer(context, request);
}
