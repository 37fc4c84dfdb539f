import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { deleteAssociations } from '../../../electron/controller/operations/delete-associations.ts';
import { putAlarm } from '../../../electron/controller/operations/put-alarm.ts';
import { saveAssociation } from '../../../electron/controller/operations/save-association.ts';
import { createDocument } from '../../../electron/controller/operations/save-document.ts';
import { createGroup, deleteGroup, updateGroup } from '../../../electron/controller/operations/save-group.ts';
import type { AssociationDraft } from '../../../electron/domain/association.ts';
import { calendarText } from '../../agent/calendar/a-calendar.ts';
import { anAssociation } from '../../builders/association.ts';
import type { Order } from '../simulated-agent.ts';
import { nodeId, SimulatedSite } from '../simulated-site.ts';
import { BEGIN, END } from './moment.ts';
import { told } from './oracle-executions.ts';
import { appliesOnlyAtInterval } from './schedule-lines.ts';
import type { AssociationNumber, CalendarLine, Happening, NodeNumber, RunOutcome, Settings, TargetLine, World } from './world.ts';

type Outcomes = (run: { node: NodeNumber; association: AssociationNumber; version: number }) => RunOutcome;

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

function clock(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}${two(minutes % 60)}00`;
}

/** A week of 2025 with an event on each of its days, repeated for ever. */
function textOf({ openByDefault, weekdays, from, to }: CalendarLine): string {
  const events = weekdays.map((weekday) => {
    // 5 January 2025 was a Sunday.
    const date = `202501${String(5 + weekday).padStart(2, '0')}`;
    const lines = [`UID:${weekday}@two-years`, 'SUMMARY:Hours', `DTSTART:${date}T${clock(from)}Z`, `DTEND:${date}T${clock(to)}Z`];
    return ['BEGIN:VEVENT', ...lines, `RRULE:FREQ=WEEKLY;BYDAY=${DAYS[weekday]}`, 'END:VEVENT'].join('\r\n');
  });
  return calendarText(events, [`X-CALENDAR-TYPE:${openByDefault ? 'DEFAULT_OPEN' : 'DEFAULT_CLOSED'}`]);
}

function targetsOf(line: TargetLine): AssociationDraft['targets'] {
  switch (line.kind) {
    case 'all':
      return [{ key: 'InstanceIds', values: ['*'] }];
    case 'nodes':
      return [{ key: 'InstanceIds', values: line.nodes.map(nodeId) }];
    case 'tags':
      return line.filters.map(({ key, values }) => ({ key: `tag:${key}`, values: [...values] }));
    case 'group':
      return [{ key: 'resource-groups:Name', values: [line.name] }];
  }
}

function draftFrom(settings: Settings): AssociationDraft {
  const { name, schedule, targets, maxConcurrency, maxErrors, calendars, alarm, durationHours, stepTimeoutSeconds } = settings;
  return anAssociation({
    associationName: name,
    parameters: { commands: ['true'], executionTimeout: [String(stepTimeoutSeconds)] },
    targets: targetsOf(targets),
    scheduleExpression: schedule?.expression ?? null,
    scheduleOffset: schedule?.kind === 'cron' ? schedule.offsetDays : null,
    timeZone: schedule?.kind === 'cron' ? schedule.zone : 'UTC',
    applyOnlyAtCronInterval: appliesOnlyAtInterval(schedule),
    maxConcurrency,
    maxErrors,
    calendarNames: [...calendars],
    alarmConfiguration: alarm === null ? null : { alarmName: alarm, ignorePollAlarmFailure: true },
    duration: durationHours,
  });
}

/** The same world, lived through by the product. */
export class Product {
  readonly #world: World;
  readonly #site: SimulatedSite;
  readonly #numbers = new Map<AssociationId, AssociationNumber>();
  readonly #ids = new Map<AssociationNumber, AssociationId>();
  readonly #groups = new Set<string>();

  constructor(world: World, outcome: Outcomes) {
    this.#world = world;
    const script = (order: Order) => {
      const association = this.#numbers.get(order.associationId) ?? this.#creating;
      const node = Number.parseInt(order.nodeId.slice(3), 16);
      const { status, milliseconds } = outcome({ node, association, version: order.associationVersion });
      return { status, seconds: milliseconds / 1000 };
    };
    this.#site = new SimulatedSite({ startsAt: new Date(BEGIN).toISOString(), script, reportsSteps: false });
  }

  /** What is saved just now, and runs before its id is known here. */
  #creating: AssociationNumber = 0;

  get errors(): readonly string[] {
    return this.#site.errors;
  }

  live(): void {
    const labels = { displayName: null, versionName: null };
    for (const calendar of this.#world.calendars) {
      const document = {
        name: calendar.name,
        documentType: 'ChangeCalendar',
        format: 'TEXT',
        content: textOf(calendar),
        ...labels,
      } as const;
      this.#site.perform((context) => createDocument(context, document));
    }
    for (const happening of this.#world.happenings) {
      this.#site.advanceTo(new Date(happening.at));
      this.#happens(happening);
    }
    this.#site.advanceTo(new Date(END - 1));
  }

  /** Every execution, as the oracle tells its own. */
  tell(): string[] {
    return this.#site.allExecutions().map(({ associationId, targets, ...execution }) =>
      told({
        ...execution,
        association: this.#numbers.get(associationId) ?? 0,
        targets: targets.map(({ node, ...target }) => ({ ...target, node: Number.parseInt(node.slice(3), 16) })),
      }),
    );
  }

  remove(): void {
    this.#site.remove();
  }

  #id(number: AssociationNumber): AssociationId {
    const id = this.#ids.get(number);
    if (id === undefined) throw new Error(`Association ${number} is not there.`);
    return id;
  }

  #happens(happening: Happening): void {
    const site = this.#site;
    switch (happening.kind) {
      case 'enroll':
        site.addNode({ tags: happening.tags, isConnected: happening.isConnected, number: happening.node });
        return;
      case 'connect':
        site.connect(nodeId(happening.node));
        return;
      case 'disconnect':
        site.disconnect(nodeId(happening.node));
        return;
      case 'deregister':
        site.deregister(nodeId(happening.node));
        return;
      case 'tag':
        site.setTags(nodeId(happening.node), happening.tags);
        return;
      case 'create':
        this.#create(happening.association, happening.settings);
        return;
      case 'edit': {
        const edit = site.association(this.#id(happening.association));
        site.perform((context) => saveAssociation(context, { edit, draft: draftFrom(happening.settings) }));
        return;
      }
      case 'delete':
        site.perform((context) => deleteAssociations(context, [this.#id(happening.association)]));
        return;
      case 'apply-now':
        site.applyNow(...happening.associations.map((number) => this.#id(number)));
        return;
      case 'group':
        this.#changeGroup(happening);
        return;
      case 'alarm':
        site.perform((context) => putAlarm(context, { name: happening.name, state: happening.isRaised ? 'ALARM' : 'OK', reason: '' }));
        return;
    }
  }

  #create(number: AssociationNumber, settings: Settings): void {
    this.#creating = number;
    const { associationId } = this.#site.perform((context) => saveAssociation(context, { edit: null, draft: draftFrom(settings) }));
    this.#numbers.set(associationId, number);
    this.#ids.set(number, associationId);
  }

  #changeGroup({ name, filters }: Extract<Happening, { kind: 'group' }>): void {
    const draft = { name, description: '', tagFilters: filters };
    this.#site.perform((context) => {
      if (filters === null) deleteGroup(context, name);
      else if (this.#groups.has(name)) updateGroup(context, draft, null);
      else createGroup(context, draft);
    });
    if (filters === null) this.#groups.delete(name);
    else this.#groups.add(name);
  }
}
