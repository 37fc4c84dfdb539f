import type { Moment } from './moment.ts';
import type { CalendarLine, NodeNumber, Tags, TargetLine } from './world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export type OracleNode = {
  number: NodeNumber;
  tags: Tags;
  isConnected: boolean;
  /** When it was there last; null when it never was. */
  lastSeen: Moment | null;
  awaySince: Moment | null;
};

type Filters = Extract<TargetLine, { kind: 'tags' }>['filters'];

const meets = ({ tags }: OracleNode, filters: Filters): boolean =>
  filters.every(({ key, values }) => {
    const value = tags[key];
    return value !== undefined && (values.length === 0 || values.includes(value));
  });

/** Who is there, and whom targets mean: asked of every node, one by one. */
export class OracleFleet {
  readonly nodes = new Map<NodeNumber, OracleNode>();
  readonly groups = new Map<string, Filters>();

  isMeant(targets: TargetLine, node: OracleNode): boolean {
    switch (targets.kind) {
      case 'all':
        return true;
      case 'nodes':
        return targets.nodes.includes(node.number);
      case 'tags':
        return meets(node, targets.filters);
      case 'group': {
        const filters = this.groups.get(targets.name);
        return filters !== undefined && meets(node, filters);
      }
    }
  }

  meant(targets: TargetLine): NodeNumber[] {
    return [...this.nodes.values()]
      .filter((node) => this.isMeant(targets, node))
      .map(({ number }) => number)
      .sort((a, b) => a - b);
  }
}

/** Whether a calendar is open, worked out from its hours and not from any text. */
function isOpen(calendar: CalendarLine, at: Moment): boolean {
  const minute = (at % DAY) / MINUTE;
  const isEvent = calendar.weekdays.includes(new Date(at).getUTCDay()) && minute >= calendar.from && minute < calendar.to;
  return isEvent !== calendar.openByDefault;
}

export class OracleCalendars {
  readonly #calendars: ReadonlyMap<string, CalendarLine>;

  constructor(calendars: readonly CalendarLine[]) {
    this.#calendars = new Map(calendars.map((calendar) => [calendar.name, calendar]));
  }

  areOpen(names: readonly string[], at: Moment): boolean {
    return names.every((name) => {
      const calendar = this.#calendars.get(name);
      return calendar !== undefined && isOpen(calendar, at);
    });
  }

  /** Every moment at which one of them turns, from a moment on until another. */
  turns(from: Moment, to: Moment): Moment[] {
    const turns = new Set<Moment>();
    for (let day = Math.floor(from / DAY) * DAY; day < to; day += DAY) {
      for (const { weekdays, from: begins, to: ends } of this.#calendars.values()) {
        if (!weekdays.includes(new Date(day).getUTCDay())) continue;
        for (const minute of [begins, ends]) if (day + minute * MINUTE > from) turns.add(day + minute * MINUTE);
      }
    }
    return [...turns].sort((a, b) => a - b);
  }
}
