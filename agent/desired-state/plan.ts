import type { ResourceChange } from '../protocol/status.ts';
import type { Trouble } from './troubles.ts';

/** A program with what it is called with: never through a shell. */
export interface Call {
  readonly program: string;
  readonly argumentList: readonly string[];
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  /** Its output is shown as the step's own. */
  readonly isShown?: boolean;
}

/** What a program answered. */
export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What differs from what is wanted, and what mends it, in order. With no change there is nothing to be called. */
export interface Plan {
  readonly changes: readonly ResourceChange[];
  readonly calls: readonly Call[];
  /** Why it cannot be mended now. It is still what differs: a step before this one may be what is missing. */
  readonly refusal?: Trouble;
}

/** What manages one kind of thing on a node: what it is asked, changing nothing, and what follows from its answers. */
export interface Backend<Inputs> {
  readonly name: string;
  look(inputs: Inputs): readonly Call[];
  plan(inputs: Inputs, answers: readonly Answer[]): Plan;
}

export const change = (resource: string, property: string, values: { before: string | null; after: string | null }): ResourceChange => ({
  resource,
  property,
  ...values,
});

export const call = (program: string, ...argumentList: readonly string[]): Call => ({ program, argumentList });

const shown = (value: string | null): string => {
  if (value === null) return 'nothing';
  return value.includes('\n') ? JSON.stringify(value) : value;
};

/** As a person reads it in the output of a step. */
export const lineOfChange = ({ resource, property, before, after }: ResourceChange): string =>
  `${resource}: ${property}: ${shown(before)} → ${shown(after)}`;

/** The changes of the first list that are not in the second: what has been done so far. */
export function changesDone(planned: readonly ResourceChange[], left: readonly ResourceChange[]): ResourceChange[] {
  return planned.filter((one) => !left.some(({ resource, property }) => resource === one.resource && property === one.property));
}

/** Lines of a program's answer that hold something. */
export const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');

/** Whether a program says that it has to be run by root. */
export const isForRoot = (text: string): boolean =>
  /Permission denied|are you root|must be root|Root privileges are required|superuser privileges/i.test(text);

/** Fields of `NAME=value` or `Name: value` lines. */
export function fieldsOf(text: string, separator: '=' | ':'): ReadonlyMap<string, string> {
  return new Map(
    linesOf(text).flatMap((line) => {
      const at = line.indexOf(separator);
      return at === -1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const];
    }),
  );
}
