import type { DocumentContent } from '../../agent/document/document.ts';
import { MAX_DOCUMENT_BYTES } from '../../agent/document/document-size.ts';
import type { ParameterReference } from '../../agent/document/parameter-references.ts';
import { referenceOf, referencesIn } from '../../agent/document/parameter-references.ts';
import { valueOfTexts } from '../../agent/document/parameter-value.ts';
import type { ParameterDefinition } from '../../agent/document/parameters.ts';
import { brokenRules, validateParameters } from '../../agent/document/parameters.ts';
import { resolveRunReferences } from '../../agent/document/run-references.ts';
import { placedSecrets, secretKey, writtenSecrets } from '../../agent/document/secret-places.ts';
import {
  hasSecretReference,
  placeOutsideScripts,
  secretReference,
  secretReferencesIn,
  takesSecret,
} from '../../agent/document/secret-references.ts';
import { secureStoreToken } from '../../agent/document/tokens.ts';
import type { FaultCode } from './faults.ts';
import type { ParameterType } from './parameter.ts';

/** A document with the values that an association sends for it, as they were written. */
export type WrittenRun = { document: DocumentContent; parameters: Readonly<Record<string, readonly string[]>> };

/** The value is asked for only where it is needed: that of a secret nowhere but here. */
export type StoredValue = { type: ParameterType; value(): string };
export type StoreLookup = (reference: ParameterReference) => StoredValue | null;

/** Why nothing of the run can be sent: an error name of the API, and a sentence without any secret. */
type Failed = { ok: false; errorCode: FaultCode; message: string; missingParameter?: string };

export type RunValues =
  | { ok: true; document: DocumentContent; parameters: Record<string, string[]>; secrets: Record<string, string> }
  | Failed;

/** What a document may grow to by what is put into it. */
const MAX_RESOLVED_LENGTH = 4 * MAX_DOCUMENT_BYTES;

const failed = (errorCode: FaultCode, message: string): Failed => ({ ok: false, errorCode, message });

/** The secret that stands for a whole value, as an association sends it; null for any other value. */
export function secretOf(texts: readonly string[]): ParameterReference | null {
  const [text] = texts;
  return text === undefined ? null : secretReference(text);
}

/** A default as an association would send it. */
function asSent(value: unknown): string[] {
  const text = (item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item));
  return Array.isArray(value) ? value.map(text) : [text(value)];
}

const refers = (texts: readonly string[]): boolean => referencesIn(texts).length > 0 || hasSecretReference(texts);
const hasReferringDefault = ({ default: value }: ParameterDefinition): boolean => value !== undefined && refers(asSent(value));

/** Preconditions cannot refer to anything (spec.md 8.3). */
const stepReferences = ({ mainSteps }: DocumentContent): string[] => referencesIn(mainSteps.map(({ precondition: _, ...step }) => step));

/** Asked first, and quickly: most runs refer to nothing, and every run is asked. */
function mayRefer(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('ssm');
  if (Array.isArray(value)) return value.some(mayRefer);
  return typeof value === 'object' && value !== null && Object.values(value).some(mayRefer);
}

/** Whether anything in the run comes from Parameter Store. */
const refersToStore = ({ document, parameters }: WrittenRun): boolean =>
  (mayRefer(parameters) || mayRefer(document)) &&
  (stepReferences(document).length > 0 ||
    writtenSecrets(document).length > 0 ||
    Object.values(parameters).some(refers) ||
    Object.values(document.parameters).some(hasReferringDefault));

/** Of a parameter that is no list, nothing at all is no value. */
function isSent(parameters: WrittenRun['parameters'], name: string, type: ParameterDefinition['type']): boolean {
  return Object.hasOwn(parameters, name) && (type === 'StringList' || (parameters[name]?.length ?? 0) > 0);
}

/**
 * A default that refers to a parameter becomes a value that is sent, where none is: then it is read as values are, by its type. Where
 * one is sent, the default means nothing to this run, and what it refers to need not be there.
 */
function withDefaultsSent({ document, parameters }: WrittenRun): WrittenRun {
  const sent: Record<string, readonly string[]> = { ...parameters };
  const definitions = Object.entries(document.parameters).map(([name, definition]): [string, ParameterDefinition] => {
    if (!hasReferringDefault(definition)) return [name, definition];
    const { default: value, ...withoutDefault } = definition;
    if (!isSent(sent, name, definition.type)) sent[name] = asSent(value);
    return [name, withoutDefault];
  });
  return { document: { ...document, parameters: Object.fromEntries(definitions) }, parameters: sent };
}

const shown = ({ name, version }: ParameterReference): string => (version === null ? name : `${name}:${version}`);

/** What a run reads from Parameter Store, each once. */
export const referencesOfRun = ({ document, parameters }: WrittenRun): ParameterReference[] =>
  runReferences(documentReferences(document), parameters);

/** What a document refers to: by its steps in every run, by a default where no value is sent for that parameter. */
export type DocumentReferences = { steps: readonly ParameterReference[]; defaults: readonly ReferringDefault[] };
type ReferringDefault = { parameter: string; type: ParameterDefinition['type']; references: readonly ParameterReference[] };

const inTexts = (texts: readonly string[]): ParameterReference[] => [...referencesIn(texts).map(referenceOf), ...secretReferencesIn(texts)];

export function documentReferences(document: DocumentContent): DocumentReferences {
  const defaults = Object.entries(document.parameters).flatMap(([parameter, { type, default: value }]): ReferringDefault[] => {
    const references = value === undefined ? [] : inTexts(asSent(value));
    return references.length === 0 ? [] : [{ parameter, type, references }];
  });
  return { steps: [...stepReferences(document).map(referenceOf), ...writtenSecrets(document)], defaults };
}

export function runReferences({ steps, defaults }: DocumentReferences, parameters: WrittenRun['parameters']): ParameterReference[] {
  const byDefault = defaults.flatMap((used) => (isSent(parameters, used.parameter, used.type) ? [] : used.references));
  const sent = Object.values(parameters).flatMap(inTexts);
  return [...new Map([...steps, ...sent, ...byDefault].map((reference) => [shown(reference), reference])).values()];
}

/** Why a secret cannot stand for the parameter in this document, as a whole sentence; null when it can. */
export function secretMisuse(document: DocumentContent, parameter: string): string | null {
  const quoted = JSON.stringify(parameter);
  if (!takesSecret(Object.hasOwn(document.parameters, parameter) ? document.parameters[parameter] : undefined)) {
    return `The parameter ${quoted} does not take a secret: only one of type String with interpolationType ENV_VAR does.`;
  }
  const place = placeOutsideScripts(document, parameter);
  if (place === null) return null;
  return `The parameter ${quoted} does not take a secret: the document also uses it in ${place}, where it would be written out.`;
}

/** Null when there is what the reference names. */
function missing(reference: ParameterReference, lookup: StoreLookup): Failed | null {
  if (lookup(reference) !== null) return null;
  const { name, version } = reference;
  if (version === null || lookup({ name, version: null }) === null) {
    return { ...failed('ParameterNotFound', `There is no parameter ${name}, to which the run refers.`), missingParameter: name };
  }
  const message = `The parameter ${name} has no version ${version}, to which the run refers.`;
  return { ...failed('ParameterVersionNotFound', message), missingParameter: name };
}

/** Who may write a readable parameter does not choose by it which secret goes where: what is put in is not looked at again. */
function disguised(reference: ParameterReference, lookup: StoreLookup): Failed | null {
  const found = lookup(reference);
  if (found === null || found.type === 'SecureString' || secureStoreToken(found.value()) === null) return null;
  const message = `The value of the parameter ${shown(reference)} has a reference to a secret, which only a document or an association can have.`;
  return failed('InvalidParameters', message);
}

type Secret = { ok: true; value: string } | Failed;

/** Its rules are asked here, because nobody after this may look at it. */
function secretFor(document: DocumentContent, parameter: string, stored: { reference: ParameterReference; found: StoredValue }): Secret {
  const misuse = secretMisuse(document, parameter);
  if (misuse !== null) return failed('InvalidParameters', misuse);
  const { found, reference } = stored;
  const target = shown(reference);
  if (found.type !== 'SecureString') return noSecret(target, found.type);
  const value = found.value();
  const definition = document.parameters[parameter];
  if (definition !== undefined && brokenRules(definition, value).length > 0) {
    return failed('InvalidParameters', `The secret ${target} does not fit the rules of the parameter ${JSON.stringify(parameter)}.`);
  }
  return { ok: true, value };
}

/** What a node gets of a run: what is stored at this moment in the place of every reference, and apart from it the secrets. */
export function runValues(written: WrittenRun, lookup: StoreLookup): RunValues {
  const { document, parameters } = written;
  if (!refersToStore(written)) {
    const sent = Object.entries(parameters).map(([name, texts]): [string, string[]] => [name, [...texts]]);
    return { ok: true, document, parameters: Object.fromEntries(sent), secrets: {} };
  }
  for (const reference of referencesOfRun(written)) {
    const absent = missing(reference, lookup) ?? disguised(reference, lookup);
    if (absent !== null) return absent;
  }
  return valuesOf(withDefaultsSent(written), lookup);
}

/** Of a run in which every reference leads somewhere. */
function valuesOf(run: WrittenRun, lookup: StoreLookup): RunValues {
  const secrets: Record<string, string> = {};
  const readable: Record<string, readonly string[]> = {};
  for (const [name, texts] of Object.entries(run.parameters)) {
    const reference = secretOf(texts);
    const found = reference === null ? null : lookup(reference);
    // One that is written where steps take credentials stays in its place.
    const isPlaced = reference === null || found === null || (!isSecretParameter(run.document, name) && isPlacedByAStep(run, name));
    if (isPlaced) readable[name] = texts;
    else {
      const secret = secretFor(run.document, name, { reference, found });
      if (!secret.ok) return secret;
      secrets[name] = secret.value;
    }
  }
  const resolved = resolveRunReferences({ document: run.document, parameters: readable }, (reference) => {
    const stored = lookup(reference);
    return stored === null ? null : { type: stored.type, value: stored.type === 'SecureString' ? '' : stored.value() };
  });
  if (!resolved.ok) return failed('InvalidParameters', resolved.problem);
  return checked({ ...resolved.value, secrets }, lookup);
}

const isSecretParameter = ({ parameters }: DocumentContent, name: string): boolean =>
  takesSecret(Object.hasOwn(parameters, name) ? parameters[name] : undefined);

function isPlacedByAStep({ document, parameters }: WrittenRun, name: string): boolean {
  const definition = Object.hasOwn(document.parameters, name) ? document.parameters[name] : undefined;
  const value = definition === undefined ? undefined : valueOfTexts(definition.type, parameters[name] ?? []);
  const placed = value === undefined || value === null ? null : placedSecrets(document, { [name]: value });
  return placed?.ok === true && placed.targets.length > 0;
}

function checked({ document, parameters, secrets }: Omit<Extract<RunValues, { ok: true }>, 'ok'>, lookup: StoreLookup): RunValues {
  if (JSON.stringify(document.mainSteps).length > MAX_RESOLVED_LENGTH) {
    return failed('MaxDocumentSizeExceeded', `With its parameters put in, the document is larger than ${MAX_RESOLVED_LENGTH / 1024} KiB.`);
  }
  const definitions = Object.entries(document.parameters).filter(([name]) => !Object.hasOwn(secrets, name));
  const validated = validateParameters(Object.fromEntries(definitions), parameters, 'are-resolved-but-secrets');
  if (!validated.ok) return failed('InvalidParameters', validated.problems.map(({ message }) => message).join(' '));
  const placed = placedSecrets(document, validated.values);
  if (!placed.ok) return failed('InvalidParameters', placed.problem);
  const opened: Record<string, string> = {};
  for (const target of placed.targets) {
    const secret = secretAt(target, lookup);
    if (!secret.ok) return secret;
    opened[secretKey(target)] = secret.value;
  }
  return { ok: true, document, parameters, secrets: { ...secrets, ...opened } };
}

function secretAt(target: string, lookup: StoreLookup): Secret {
  const reference = referenceOf(target);
  const found = lookup(reference);
  if (found === null) return missing(reference, lookup) ?? failed('ParameterNotFound', `There is no parameter ${target}.`);
  return found.type === 'SecureString' ? { ok: true, value: found.value() } : noSecret(target, found.type);
}

const noSecret = (target: string, type: ParameterType): Failed =>
  failed('InvalidParameters', `The parameter ${target} is a ${type} and no secret: refer to it as {{ssm:${target}}}.`);
