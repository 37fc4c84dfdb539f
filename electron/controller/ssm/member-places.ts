import { Fault } from '../../domain/faults.ts';

/** Settings that the API spells otherwise than with another first letter. */
const MEMBERS: Readonly<Record<string, string>> = {
  documentName: 'Name',
  timeZone: 'ScheduleTimezone',
  outputLocation: 'OutputLocation.S3Location',
  'alarmConfiguration.alarmName': 'AlarmConfiguration.Alarms.0.Name',
};

const pascal = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `targets.0.values` is `Targets.0.Values` to the API; a parameter keeps the name that its document gives it. */
function memberOf(field: string): string {
  const known = MEMBERS[field];
  if (known !== undefined) return known;
  const [first = '', ...rest] = field.split('.');
  const member = MEMBERS[first] ?? pascal(first);
  return [member, ...(first === 'parameters' ? rest : rest.map(pascal))].join('.');
}

/** Does something with an association; what is wrong with a setting is refused on the member that it came from. */
export function inMembers<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    throw cause.at(cause.places.map(({ field, ...place }) => (field === undefined ? place : { ...place, field: memberOf(field) })));
  }
}
