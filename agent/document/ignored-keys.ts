import { ActionName, FLOW_KEYWORDS, unknownInputs } from './action-inputs.ts';
import { stepShape } from './document.ts';
import { inputName } from './input-names.ts';
import { knownAction } from './known-actions.ts';
import { ParameterDefinition } from './parameters.ts';
import { type Path, pathSubject } from './path.ts';
import { isLegacySchema, SCHEMAS, schemaVersionOf } from './schema-version.ts';
import type { Violation } from './violation.ts';

/*
 * Documents say things that neither AWS nor the SSM agent reads: keywords of runbooks, of another schema, of an older agent. A document
 * that runs there runs here; what has no effect is told to its author.
 */

type Entries = readonly [string, unknown][];

const TOP_KEYS = ['schemaVersion', 'description', 'parameters'];
/** Of published documents, about themselves: nobody expects them to do anything. */
const REMARKS = ['description', 'id', 'name'];
const RUNBOOK_KEYWORDS = ['maxAttempts', 'isEnd', 'isCritical', 'nextStep', 'onCancel', 'outputs', 'timeoutSeconds'];

/** Everything in a document, as it was written, that has no effect. Its shape and its rules are right already. */
export function ignoredKeys(content: unknown): Violation[] {
  const version = schemaVersionOf(content);
  const isLegacy = isLegacySchema(version);
  const body = isLegacy ? 'runtimeConfig' : 'mainSteps';
  const parameters = entriesOf(memberOf(content, 'parameters'));
  return [
    ...olderSchema(version),
    ...beyond(entriesOf(content), { known: [...TOP_KEYS, body], path: [] }),
    ...parameters.flatMap(([name, definition]) => [
      ...beyond(entriesOf(definition), { known: Object.keys(ParameterDefinition.shape), path: ['parameters', name] }),
      ...emptyDefault(definition, ['parameters', name, 'default']),
    ]),
    ...(isLegacy ? ignoredInPlugins(memberOf(content, body)) : ignoredInSteps(memberOf(content, body))),
  ];
}

/** Not the same as empty text, which is `""`. */
function emptyDefault(definition: unknown, path: Path): Violation[] {
  if (memberOf(definition, 'default') !== null) return [];
  return [ignored(path, 'there is nothing behind it, so the parameter is required')];
}

/** Schemas that the SSM agent takes, and the service does not create. */
function olderSchema(version: string | undefined): Violation[] {
  if (version === undefined || SCHEMAS.Command.includes(version)) return [];
  const readAs = isLegacySchema(version) ? '1.2' : '2.0';
  return [{ path: ['schemaVersion'], half: 'value', message: `Schema ${version} is read as schema ${readAs}.` }];
}

function ignoredInSteps(steps: unknown): Violation[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, position) => {
    const path = ['mainSteps', position];
    const action = String(memberOf(step, 'action'));
    return [
      ...beyond(entriesOf(step), { known: [...Object.keys(stepShape), ...REMARKS], path }),
      ...ignoredInputs(action, memberOf(step, 'inputs'), [...path, 'inputs']),
    ];
  });
}

function ignoredInPlugins(plugins: unknown): Violation[] {
  return entriesOf(plugins).flatMap(([action, plugin]) => {
    const path = ['runtimeConfig', action];
    const properties = memberOf(plugin, 'properties');
    const parts: [unknown, Path][] = Array.isArray(properties)
      ? properties.map((part: unknown, position) => [part, [...path, 'properties', position]])
      : [[properties, [...path, 'properties']]];
    return [
      ...beyond(entriesOf(plugin), { known: ['properties', ...REMARKS], path }),
      ...parts.flatMap(([part, at]) => [...ignoredInputs(action, part, at), ...laterKeywords(part, at)]),
    ];
  });
}

function ignoredInputs(action: string, inputs: unknown, path: Path): Violation[] {
  const known = ActionName.safeParse(action);
  const names = known.success ? unknownInputs(known.data, inputs) : beyondFits(action, inputs);
  return names
    .filter(
      (name) => name !== 'id' && !isOtherName(name, inputs) && inputName(action, name, Object.fromEntries(entriesOf(inputs))) === name,
    )
    .map((name) => ignored([...path, name], `${action} has no such input`));
}

/** Of an action that is not run here, whose inputs are known by the types that fit them. */
function beyondFits(action: string, inputs: unknown): string[] {
  const fits = knownAction(action)?.fits ?? {};
  return entriesOf(inputs).flatMap(([name]) => (Object.hasOwn(fits, name) || FLOW_KEYWORDS.includes(name) ? [] : [name]));
}

/** `commands` where there is no `runCommand`: it is read as that. */
const isOtherName = (name: string, inputs: unknown): boolean => name === 'commands' && memberOf(inputs, 'runCommand') === undefined;

function laterKeywords(inputs: unknown, path: Path): Violation[] {
  return entriesOf(inputs).flatMap(([name]) =>
    FLOW_KEYWORDS.includes(name) ? [ignored([...path, name], 'it is a keyword of schema 2.2, and this document is of schema 1.2')] : [],
  );
}

function beyond(entries: Entries, { known, path }: { known: readonly string[]; path: Path }): Violation[] {
  return entries.flatMap(([key]) => (known.includes(key) ? [] : [ignored([...path, key], reasonOf(key, path))]));
}

function reasonOf(key: string, path: Path): string {
  const isStep = path[0] === 'mainSteps';
  if (isStep && (FLOW_KEYWORDS.includes(key) || key === 'timeoutSeconds')) return 'it belongs among the inputs of the step';
  if (isStep && RUNBOOK_KEYWORDS.includes(key)) return 'it is a keyword of runbooks';
  return 'the SSM agent does not read it either';
}

function ignored(path: Path, reason: string): Violation {
  return { path, half: 'key', message: `${pathSubject(path)} has no effect: ${reason}.` };
}

function entriesOf(value: unknown): Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function memberOf(value: unknown, key: string): unknown {
  return entriesOf(value).find(([name]) => name === key)?.[1];
}
