import type { DocumentContent } from '../../../agent/document/document.ts';
import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import { holdsBack } from '../../domain/alarm.ts';
import type { ApplicationFacts, RunFailure } from '../../domain/application.ts';
import type { Association, AssociationDraft } from '../../domain/association.ts';
import type { Trigger } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import type { FleetMember } from '../../domain/fleet-index.ts';
import { matchingNodes } from '../../domain/fleet-index.ts';
import type { Context } from './context.ts';
import { inventoryExclusion } from './inventory-associations.ts';
import { currentRunValues } from './parameter-values.ts';

export type FactsContext = Pick<Context, 'stores' | 'clock' | 'link' | 'index' | 'calendars' | 'library' | 'cipher'>;

export type GateState = Pick<ApplicationFacts, 'calendarState' | 'hasMissingCalendar' | 'isAlarmRaised'>;

/** What calendars and alarm say of an association at this moment. */
export function gateState(
  { calendars, clock, stores }: Pick<Context, 'calendars' | 'clock' | 'stores'>,
  { calendarNames, alarmConfiguration }: Pick<Association, 'calendarNames' | 'alarmConfiguration'>,
): GateState {
  const { state, missing } = calendars.gateAt(calendarNames, clock.now());
  const alarm = alarmConfiguration === null ? null : stores.alarms.find(alarmConfiguration.alarmName);
  return { calendarState: state, hasMissingCalendar: missing.length > 0, isAlarmRaised: holdsBack(alarmConfiguration, alarm) };
}

/** The nodes that match an association's targets now, in the order of dispatch. */
export const matchingMembers = (
  { index }: Pick<Context, 'index'>,
  association: Pick<AssociationDraft, 'instanceId' | 'targets'>,
): FleetMember[] => matchingNodes(index.fleet(), index.targetsOf(association).selection);

/** As much of an association as decides how it is applied. Without an id: one that is not saved yet. */
export type Applied = AssociationDraft & { associationId: AssociationId | null; nextRunAt: Date | null };

/** What the association's document is at this moment. One that is not there any more makes the run fail (spec.md 1.5). */
export type RunDocument = { documentName: string; documentVersion: number } & (
  | { content: DocumentContent; failure: null }
  | { content: null; failure: RunFailure }
);

export function runDocument({ library }: Pick<Context, 'library'>, { documentName, documentVersion }: Applied): RunDocument {
  try {
    const { document, version, content } = library.find(documentName, documentVersion);
    return { documentName: document.name, documentVersion: version.documentVersion, content, failure: null };
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    const pinned = Number.parseInt(documentVersion, 10);
    const failure = { errorCode: 'InvalidDocument', message: cause.message };
    return { documentName, documentVersion: Number.isNaN(pinned) ? 0 : pinned, content: null, failure };
  }
}

/** Targets that may be saved and cannot be run: every run over them fails (spec.md 3). */
function targetsFailure({ index }: Pick<Context, 'index'>, association: Applied): RunFailure | null {
  const { problem } = index.targetsOf(association);
  return problem === null ? null : { errorCode: 'InvalidTarget', message: problem };
}

/** What the run refers to in Parameter Store is not there, or does not fit. */
function valuesFailure(context: FactsContext, { parameters }: Applied, document: DocumentContent): RunFailure | null {
  const values = currentRunValues(context, { document, parameters });
  return values.ok ? null : values;
}

function runFailure(context: FactsContext, association: Applied, { content, failure }: RunDocument): RunFailure | null {
  if (content === null) return failure;
  return targetsFailure(context, association) ?? valuesFailure(context, association, content);
}

type Question = {
  association: Applied;
  trigger: Trigger;
  onlyNodes: ReadonlySet<NodeId> | null;
  /** As runDocument answers. */
  document: RunDocument;
};

/** Everything that domain/application.ts asks, as it is at this moment. */
export function applicationFacts(context: FactsContext, { association, trigger, onlyNodes, document }: Question): ApplicationFacts {
  const { executions } = context.stores;
  const { associationId } = association;
  const unfinished = associationId === null ? [] : executions.unfinishedOfAssociation(associationId);
  return {
    ...gateState(context, association),
    settings: association,
    trigger,
    matching: matchingMembers(context, association),
    onlyNodes,
    isConnected: (nodeId) => context.link.isConnected(nodeId),
    busyNodes: new Set(associationId === null || unfinished.length === 0 ? [] : executions.runningNodes(associationId)),
    runningLimit: unfinished.at(-1)?.concurrency ?? null,
    hasNextRun: association.nextRunAt !== null,
    exclusion: inventoryExclusion(context, association, document.content),
    failure: runFailure(context, association, document),
  };
}
