import type * as z from 'zod';
import { Fault } from '../../domain/faults.ts';

type Issue = z.core.$ZodIssue;
type Trouble = { member: string; sentence: string; isWrongType: boolean };

const EXPECTED: Partial<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a structure',
  record: 'a map',
  date: 'a point in time',
};

function valueAt(request: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), request);
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');
const named = (member: string): string => (member === '' ? 'The request' : member);

function troubles(issue: Issue, request: unknown): Trouble[] {
  const member = pathOf(issue.path);
  if (valueAt(request, issue.path) === undefined) return [{ member, sentence: `${named(member)} is required.`, isWrongType: false }];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      member: pathOf([...issue.path, key]),
      sentence: `${named(member)} has no member “${key}”.`,
      isWrongType: false,
    }));
  }
  if (issue.code === 'invalid_type') {
    return [{ member, sentence: `${named(member)} must be ${EXPECTED[issue.expected] ?? issue.expected}.`, isWrongType: true }];
  }
  return [{ member, sentence: `${named(member)}: ${issue.message}`, isWrongType: false }];
}

/** A request of ten thousand wrong items is not answered with all of them. */
const MOST_PLACES = 100;

/** A member of the wrong type cannot be read at all; one that breaks another rule of the API's shape can, and is not valid. */
export function requestFault(issues: readonly Issue[], request: unknown): Fault {
  const found = issues.flatMap((issue) => troubles(issue, request));
  const problems = found.map(({ sentence }) => sentence);
  const options = { places: found.slice(0, MOST_PLACES).map(({ member }) => ({ field: member })) };
  return found.some(({ isWrongType }) => isWrongType)
    ? new Fault('SerializationException', { problems }, options)
    : new Fault('ValidationException', { problems }, options);
}
