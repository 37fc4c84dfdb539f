import { calendarGroups } from './calendar.ts';
import { complianceGroups } from './compliance.ts';
import { cronGroups } from './cron.ts';
import { documentGroups } from './documents.ts';
import { interpolationGroups } from './interpolation.ts';
import { rateControlGroups } from './rate-control.ts';
import { statusGroups } from './status.ts';
import type { VectorGroup } from './vector-group.ts';

/** By the name under which files have them. */
export const GROUPS: ReadonlyMap<string, VectorGroup> = new Map(
  [
    ...cronGroups,
    ...calendarGroups,
    ...interpolationGroups,
    ...rateControlGroups,
    ...statusGroups,
    ...complianceGroups,
    ...documentGroups,
  ].map((group) => [group.name, group]),
);
