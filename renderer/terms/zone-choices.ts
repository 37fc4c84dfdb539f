import { timeZoneNames } from '../../agent/schedule/time-zone.ts';
import { localZone } from '../ui/moment.ts';

/** UTC and this computer's zone first. One that is chosen and that this window does not know stays, so that the problem shows on it. */
export function zoneChoices(chosen: string) {
  const often = [...new Set(['UTC', localZone()])];
  const rest = timeZoneNames().filter((name) => !often.includes(name));
  const unknown = often.includes(chosen) || rest.includes(chosen) ? [] : [chosen];
  return [
    { group: 'Often used', items: [...unknown, ...often] },
    { group: 'All zones', items: rest },
  ];
}
