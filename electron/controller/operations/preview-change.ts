import type { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { ChangeProposal } from '../../api/preview.ts';
import type { Association } from '../../domain/association.ts';
import { associationTitle, isFeltByNodes } from '../../domain/association.ts';
import { nextRunOf } from '../../domain/association-check.ts';
import type { ChangePreview, Leaving, PreviewedApplication } from '../../domain/change-preview.ts';
import { previewOf } from '../../domain/change-preview.ts';
import type { Trigger } from '../../domain/execution.ts';
import type { FleetMember } from '../../domain/fleet-index.ts';
import { matchingNodes } from '../../domain/fleet-index.ts';
import type { GroupChange } from '../../domain/membership-change.ts';
import type { Applied, FactsContext } from './application-facts.ts';
import { applicationFacts, runDocument } from './application-facts.ts';
import { calendarsWith } from './calendar-library.ts';
import { checkAssociation } from './check-association.ts';
import type { Context } from './context.ts';
import { runningWithout } from './delete-document.ts';
import { followersOf } from './document-followers.ts';
import { referringAssociations } from './parameter-referrers.ts';
import { dueRuns } from './serve-owed-runs.ts';

export type PreviewContext = FactsContext & Pick<Context, 'log' | 'parameterUses'>;

/** What a change would have applied, and whom associations would no longer cover. */
export type Foreseen = { applications: PreviewedApplication[]; leaves: Leaving[] };

const NOTHING: Foreseen = { applications: [], leaves: [] };

type Application = {
  association: Applied;
  trigger: Trigger;
  onlyNodes?: readonly NodeId[];
  joining?: readonly FleetMember[];
  leaving?: readonly NodeId[];
};

const byNodeId = (a: FleetMember, b: FleetMember): number => (a.nodeId < b.nodeId ? -1 : 1);

/** `joining`: nodes that do not match yet, and would; `leaving`: nodes that match now, and would not. */
function application(context: PreviewContext, proposed: Application): PreviewedApplication {
  const { association, trigger, onlyNodes, joining = [] } = proposed;
  const document = runDocument(context, association);
  const facts = applicationFacts(context, {
    association,
    trigger,
    document,
    onlyNodes: onlyNodes === undefined ? null : new Set(onlyNodes),
  });
  const known = new Set(facts.matching.map(({ nodeId }) => nodeId));
  const gone = new Set(proposed.leaving);
  const staying = facts.matching.filter(({ nodeId }) => !gone.has(nodeId));
  const matching = [...staying, ...joining.filter(({ nodeId }) => !known.has(nodeId))].sort(byNodeId);
  const calendar = context.calendars.stateAt(association.calendarNames, context.clock.now());
  return {
    associationId: association.associationId,
    title: associationTitle(association),
    facts: { ...facts, matching },
    nextRunAt: association.nextRunAt,
    opensAt: calendar.state === 'CLOSED' && calendar.missing.length === 0 ? calendar.nextTransitionAt : null,
  };
}

function nodeName({ index }: PreviewContext, nodeId: NodeId): string {
  return index.fleet().members.get(nodeId)?.name ?? nodeId;
}

const leaving = (context: PreviewContext, association: Association, nodeIds: readonly NodeId[]): Leaving[] =>
  nodeIds.map((nodeId) => ({
    associationId: association.associationId,
    title: associationTitle(association),
    nodeId,
    nodeName: nodeName(context, nodeId),
  }));

/** As they are now: what the index keeps does not know what moves, such as the next run. */
function current({ stores }: PreviewContext, associationIds: readonly AssociationId[]): Association[] {
  return [...new Set(associationIds)].flatMap((associationId) => stores.associations.find(associationId) ?? []);
}

function ofDraft(context: PreviewContext, { associationId, draft: raw }: Extract<ChangeProposal, { kind: 'association' }>): Foreseen {
  const { draft, problems } = checkAssociation(context, raw, associationId);
  if (draft === null || problems.length > 0) return NOTHING;
  const before = associationId === null ? null : context.stores.associations.find(associationId);
  const now = context.clock.now();
  const association: Applied = { ...draft, associationId, nextRunAt: nextRunOf(draft, now, now) };
  const leaves = before === null ? [] : leaving(context, before, context.index.ifAssociation(before.associationId, draft).leaves);
  if (!isFeltByNodes(before, draft)) return { applications: [], leaves };
  return { applications: [application(context, { association, trigger: before === null ? 'Created' : 'Edited' })], leaves };
}

function ofDeletion(context: PreviewContext, associationIds: readonly AssociationId[]): Foreseen {
  const leaves = current(context, associationIds).flatMap((association) => {
    const { selection } = context.index.targetsOf(association);
    return leaving(
      context,
      association,
      matchingNodes(context.index.fleet(), selection).map(({ nodeId }) => nodeId),
    );
  });
  return { applications: [], leaves };
}

function ofTags(context: PreviewContext, { nodeId, tags }: Extract<ChangeProposal, { kind: 'node-tags' }>): Foreseen {
  const { joins, leaves } = context.index.ifNode(nodeId, tags);
  const member: FleetMember = { nodeId, name: nodeName(context, nodeId), tags };
  const joined = current(
    context,
    joins.map(({ association }) => association.associationId),
  );
  return {
    applications: joined.map((association) =>
      application(context, { association, trigger: 'NodeMatched', onlyNodes: [nodeId], joining: [member] }),
    ),
    leaves: leaves.flatMap(({ association }) => leaving(context, association, [nodeId])),
  };
}

function ofGroup(context: PreviewContext, { associations, joins, leaves }: GroupChange): Foreseen {
  const joining = joins.flatMap((nodeId) => context.index.fleet().members.get(nodeId) ?? []);
  const targeting = current(
    context,
    associations.map(({ association }) => association.associationId),
  );
  return {
    applications: targeting.map((association) =>
      application(context, { association, trigger: 'NodeMatched', onlyNodes: joins, joining, leaving: leaves }),
    ),
    leaves: targeting.flatMap((association) => leaving(context, association, leaves)),
  };
}

/** Runs that wait for a calendar begin when the new content has it open. */
function ofCalendar(context: PreviewContext, { name, content }: Extract<ChangeProposal, { kind: 'calendar' }>): Foreseen {
  const after = { ...context, calendars: calendarsWith(context.calendars, name, content) };
  const { due } = dueRuns(after, context.stores.owedRuns.waitingForCalendar());
  return {
    applications: due.map(({ association, trigger, nodes }) => application(after, { association, trigger, onlyNodes: [...nodes] })),
    leaves: [],
  };
}

function ofAll(context: PreviewContext, associations: readonly Association[], trigger: Trigger): Foreseen {
  return { applications: associations.map((association) => application(context, { association, trigger })), leaves: [] };
}

function ofFailed(context: PreviewContext, executionId: ExecutionId): Foreseen {
  const { executions, associations } = context.stores;
  const execution = executions.find(executionId);
  const association = execution === null ? null : associations.find(execution.associationId);
  if (association === null) return NOTHING;
  return {
    applications: [application(context, { association, trigger: 'Manual', onlyNodes: executions.failedNodes(executionId) })],
    leaves: [],
  };
}

/** A run that only waits for this parameter is mended by putting it. */
function ofParameter(context: PreviewContext, name: string): Foreseen {
  const { applications } = ofAll(context, referringAssociations(context, name), 'ParameterChanged');
  const mended = applications.map((foreseen): PreviewedApplication => {
    const { facts } = foreseen;
    return facts.failure?.missingParameter === name ? { ...foreseen, facts: { ...facts, failure: null } } : foreseen;
  });
  return { applications: mended, leaves: [] };
}

/** What a change would do to whom, from the decisions that the change itself then asks. */
export function foresee(context: PreviewContext, proposal: ChangeProposal): Foreseen {
  switch (proposal.kind) {
    case 'association':
      return ofDraft(context, proposal);
    case 'delete-associations':
      return ofDeletion(context, proposal.associationIds);
    case 'apply-now':
      return ofAll(context, current(context, proposal.associationIds), 'Manual');
    case 'run-failed':
      return ofFailed(context, proposal.executionId);
    case 'document-version':
      return ofAll(
        context,
        [
          ...followersOf(context, proposal.name, '$LATEST'),
          ...(proposal.makesDefault ? followersOf(context, proposal.name, '$DEFAULT') : []),
        ],
        'DocumentChanged',
      );
    case 'document-default': {
      const { name, documentVersion } = proposal;
      if (context.stores.documents.find(name)?.defaultVersion === documentVersion) return NOTHING;
      return ofAll(context, followersOf(context, name, '$DEFAULT'), 'DocumentChanged');
    }
    case 'delete-document-version':
      return ofAll(context, runningWithout(context, proposal.name, proposal.documentVersion), 'DocumentChanged');
    case 'node-tags':
      return ofTags(context, proposal);
    case 'group':
      return ofGroup(context, context.index.ifGroup(proposal.name, { tagFilters: proposal.tagFilters }));
    case 'delete-group':
      return ofGroup(context, context.index.ifGroup(proposal.name, null));
    case 'parameter':
      return ofParameter(context, proposal.name);
    case 'calendar':
      return ofCalendar(context, proposal);
  }
}

/** The preview that a person sees before a change is made. */
export function previewChange(context: PreviewContext, proposal: ChangeProposal): ChangePreview {
  const { applications, leaves } = foresee(context, proposal);
  return previewOf({
    applications: [...applications].sort((a, b) => (a.title < b.title ? -1 : 1)),
    leaves,
    applyingTo: (nodeId) =>
      context.index.applyingTo(nodeId).map(({ association }) => ({
        associationId: association.associationId,
        title: associationTitle(association),
      })),
    confirmAbove: context.stores.sites.find()?.confirmAbove ?? 0,
  });
}
