import { Fault } from '../../domain/faults.ts';

/** Settings that the API spells otherwise than with another first letter. */
const MEMBERS: ReadonlyMap<string, string> = new Map([
  ['documentName', 'Name'],
  ['timeZone', 'ScheduleTimezone'],
  ['outputLocation', 'OutputLocation.S3Location'],
  ['alarmConfiguration.alarmName', 'AlarmConfiguration.Alarms.0.Name'],
]);

const pascal = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `targets.0.values` is `Targets.0.Values` to the API; a parameter keeps the name that its document gives it. */
function memberOf(field: string): string {
  const known = MEMBERS.get(field);
  if (known !== undefined) return known;
  const [first = '', ...rest] = field.split('.');
  const member = MEMBERS.get(first) ?? pascal(first);
  return [member, ...(first === 'parameters' ? rest : rest.map(pascal))].join('.');
}

/** Does something that one member asks for; what is wrong with that is refused on it, where nothing is said of the place. */
export function onMember<Result>(member: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.places.length > 0) throw cause;
    throw cause.at([{ field: member }]);
  }
}

/** Does something by an operation; what is wrong with one of its fields is refused on the member that the field came from. */
export function inMembers<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    throw cause.at(cause.places.map(({ field, ...place }) => (field === undefined ? place : { ...place, field: memberOf(field) })));
  }
}
