import type { DraftProblem } from '../../electron/api/associations.ts';
import type { FaultData } from '../client/fault.ts';

/** The parts of the form that a problem can be shown on, named as the draft names them; and the association's own tags. */
export const FORM_FIELDS = [
  'associationName',
  'documentName',
  'documentVersion',
  'parameters',
  'targets',
  'scheduleExpression',
  'scheduleOffset',
  'applyOnlyAtCronInterval',
  'maxConcurrency',
  'maxErrors',
  'complianceSeverity',
  'syncCompliance',
  'instanceId',
  'duration',
  'calendarNames',
  'timeZone',
  'mode',
  'outputLocation',
  'alarmConfiguration',
  'tags',
] as const;
export type FormField = (typeof FORM_FIELDS)[number];

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The form's field that `path` lies in: `targets.0.values` is in `targets`. Null when the form has no such field. */
export function fieldOf(path: string): FormField | null {
  const head = path.split(/[.[]/, 1)[0] ?? '';
  return FORM_FIELDS.find((field) => same(field, head)) ?? null;
}

/** The problems of a field; with a part of it (a parameter's name, `outputS3BucketName`) those of that part. */
export function messagesFor(problems: readonly DraftProblem[], field: FormField, part?: string): string[] {
  return problems
    .filter((problem) => fieldOf(problem.field) === field && (part === undefined || isOfPart(problem.field, field, part)))
    .map((problem) => problem.message);
}

const isOfPart = (path: string, field: FormField, part: string): boolean =>
  path === `${field}.${part}` || path.startsWith(`${field}.${part}.`);

/** Problems of parameters that the form has no field for: the document has none of that name. */
export function strayParameters(problems: readonly DraftProblem[], parameters: readonly string[]): string[] {
  return problems
    .filter((problem) => fieldOf(problem.field) === 'parameters' && !parameters.some((name) => isOfPart(problem.field, 'parameters', name)))
    .map((problem) => problem.message);
}

/** What a refused save says, on the fields that it names. */
export const problemsOfFault = ({ code, title, places }: FaultData): DraftProblem[] =>
  places.flatMap(({ field }) => (field === undefined ? [] : [{ code, field, message: title }]));
