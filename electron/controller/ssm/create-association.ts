import * as z from 'zod';
import { Fault } from '../../domain/faults.ts';
import { settingsWithoutMeaning } from '../../domain/setting-check.ts';
import type { Context } from '../operations/context.ts';
import { saveAssociation } from '../operations/save-association.ts';
import { createdDescription } from './association-description.ts';
import { draftSettings, settingMembers, TagMembers } from './association-members.ts';
import { inMembers } from './member-places.ts';
import { operation } from './operation.ts';
import { requestFault } from './request-fault.ts';

/** An entry of a batch, which has no tags. */
const Entry = z.strictObject({ Name: z.string(), InstanceId: z.string().optional(), ...settingMembers });
export const CreateAssociationRequest = z.strictObject({ ...Entry.shape, Tags: z.array(TagMembers).max(1000).optional() });

/** What a request to create says, as a draft and tags. Not checked yet. */
export function creationOf(request: z.output<typeof CreateAssociationRequest>): { draft: unknown; tags: unknown } {
  return {
    draft: { ...draftSettings(request), documentName: request.Name, instanceId: request.InstanceId ?? null },
    tags: (request.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
  };
}

function created(context: Context, request: z.output<typeof CreateAssociationRequest>) {
  const creation = creationOf(request);
  const association = inMembers(() => saveAssociation(context, { edit: null, ...creation }));
  return createdDescription(context, association);
}

export const createAssociation = operation(CreateAssociationRequest, (context, request) => ({
  AssociationDescription: created(context, request),
}));

/** Far above what a site may have; each entry costs a check. */
const MOST_ENTRIES = 2000;

const BatchRequest = z.strictObject({
  Entries: z.array(z.looseObject({})).min(1).max(MOST_ENTRIES),
  AssociationDispatchAssumeRole: settingMembers.AssociationDispatchAssumeRole,
});

function refuseRole(role: string | undefined): void {
  const problems = settingsWithoutMeaning({ associationDispatchAssumeRole: role }).problems.map(({ message }) => message);
  if (problems.length === 0) return;
  throw new Fault('ValidationException', { problems }, { places: [{ field: 'AssociationDispatchAssumeRole' }] });
}

function refuseRepeatedNodes(entries: readonly object[]): void {
  const seen = new Set<unknown>();
  for (const [position, entry] of entries.entries()) {
    const nodeId: unknown = Reflect.get(entry, 'InstanceId');
    if (typeof nodeId !== 'string') continue;
    if (seen.has(nodeId)) throw new Fault('DuplicateInstanceId', { nodeId }, { places: [{ field: `Entries.${position}.InstanceId` }] });
    seen.add(nodeId);
  }
}

type Outcome = { description: object } | { failure: object };

/** Codes of ours are troubles of the controller; what the API has a name for is one of the request. */
const faultSide = (fault: Fault): string => (fault.code.startsWith('E-') ? 'Server' : 'Client');

function createdEntry(context: Context, entry: object): Outcome {
  try {
    const parsed = Entry.safeParse(entry);
    if (!parsed.success) throw requestFault(parsed.error.issues, entry);
    return { description: created(context, parsed.data) };
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    return { failure: { Entry: entry, Message: `${cause.code}: ${cause.message}`, Fault: faultSide(cause) } };
  }
}

/** Each entry is created or fails by itself (spec.md 1.2). */
export const createAssociationBatch = operation(BatchRequest, (context, { Entries, AssociationDispatchAssumeRole }) => {
  refuseRole(AssociationDispatchAssumeRole);
  refuseRepeatedNodes(Entries);
  const outcomes = Entries.map((entry) => createdEntry(context, entry));
  return {
    Successful: outcomes.flatMap((outcome) => ('description' in outcome ? [outcome.description] : [])),
    Failed: outcomes.flatMap((outcome) => ('failure' in outcome ? [outcome.failure] : [])),
  };
});
