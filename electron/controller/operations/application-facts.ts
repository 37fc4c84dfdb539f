import type { NodeId } from '../../../agent/protocol/ids.ts';
import { holdsBack } from '../../domain/alarm.ts';
import type { ApplicationFacts } from '../../domain/application.ts';
import type { Association } from '../../domain/association.ts';
import type { Trigger } from '../../domain/execution.ts';
import type { FleetMember } from '../../domain/fleet-index.ts';
import { matchingNodes } from '../../domain/fleet-index.ts';
import type { Context } from './context.ts';

export type FactsContext = Pick<Context, 'stores' | 'clock' | 'link' | 'index' | 'calendars'>;

export type GateState = Pick<ApplicationFacts, 'calendarState' | 'hasMissingCalendar' | 'isAlarmRaised'>;

/** What calendars and alarm say of an association at this moment. */
export function gateState(
  { calendars, clock, stores }: Pick<Context, 'calendars' | 'clock' | 'stores'>,
  { calendarNames, alarmConfiguration }: Pick<Association, 'calendarNames' | 'alarmConfiguration'>,
): GateState {
  const { state, missing } = calendars.stateAt(calendarNames, clock.now());
  const alarm = alarmConfiguration === null ? null : stores.alarms.find(alarmConfiguration.alarmName);
  return { calendarState: state, hasMissingCalendar: missing.length > 0, isAlarmRaised: holdsBack(alarmConfiguration, alarm) };
}

/** The nodes that match an association's targets now, in the order of dispatch. */
export const matchingMembers = ({ index }: Pick<Context, 'index'>, association: Association): FleetMember[] =>
  matchingNodes(index.fleet(), index.targetsOf(association).selection);

type Question = { association: Association; trigger: Trigger; onlyNodes: ReadonlySet<NodeId> | null };

/** Everything that domain/application.ts asks, as it is at this moment. */
export function applicationFacts(context: FactsContext, { association, trigger, onlyNodes }: Question): ApplicationFacts {
  const { executions } = context.stores;
  const { associationId } = association;
  const unfinished = executions.unfinishedOfAssociation(associationId);
  return {
    ...gateState(context, association),
    settings: association,
    trigger,
    matching: matchingMembers(context, association),
    onlyNodes,
    isConnected: (nodeId) => context.link.isConnected(nodeId),
    busyNodes: new Set(unfinished.length === 0 ? [] : executions.runningNodes(associationId)),
    runningLimit: unfinished.at(-1)?.concurrency ?? null,
    hasNextRun: association.nextRunAt !== null,
    exclusion: () => null,
  };
}
