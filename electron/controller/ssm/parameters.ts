import * as z from 'zod';
import { Fault } from '../../domain/faults.ts';
import { PARAMETER_NAMES_PER_CALL } from '../../domain/parameter.ts';
import type { Context } from '../operations/context.ts';
import { deleteParameters as remove } from '../operations/delete-parameters.ts';
import { revealParameter } from '../operations/parameter-values.ts';
import { putParameter as put } from '../operations/put-parameter.ts';
import type { StoredParameter } from '../store/parameter-store.ts';
import { inMembers } from './member-places.ts';
import { present } from './members.ts';
import { operation } from './operation.ts';

/** Members of the API that a site of one's own keeps nothing of, each with the reason. */
const UNKEPT = {
  KeyId: 'KeyId names a key of a cloud account. Secure values here are sealed with a key of the site.',
  Policies: 'Parameters here have no policies.',
  Tags: 'Parameters here have no tags.',
} as const;

const PutRequest = z.strictObject({
  Name: z.string(),
  Value: z.string(),
  Type: z.string().optional(),
  Description: z.string().optional(),
  AllowedPattern: z.string().optional(),
  Overwrite: z.boolean().default(false),
  Tier: z.enum(['Standard', 'Intelligent-Tiering'], 'there is one tier here: Standard.').optional(),
  DataType: z.literal('text', 'values here are text.').optional(),
  KeyId: z.string().optional(),
  Policies: z.string().optional(),
  Tags: z.array(z.unknown()).optional(),
});
type PutRequest = z.output<typeof PutRequest>;

function refuseUnkept(request: PutRequest): void {
  const found = Object.entries(UNKEPT).filter(([member]) => {
    const value: unknown = Reflect.get(request, member);
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
  if (found.length === 0) return;
  const places = found.map(([field]) => ({ field }));
  throw new Fault('ValidationException', { problems: found.map(([, sentence]) => sentence) }, { places });
}

/** What a new version does not say stays as it was. */
function draftOf(request: PutRequest, before: StoredParameter | null) {
  const type = request.Type ?? before?.type;
  if (type === undefined) {
    throw new Fault('ValidationException', { problems: ['Type is required for a new parameter.'] }, { places: [{ field: 'Type' }] });
  }
  const { Name: name, Value: value, Description: description = before?.description ?? '' } = request;
  return { name, value, type, description, allowedPattern: request.AllowedPattern ?? before?.allowedPattern ?? null };
}

export const putParameter = operation(PutRequest, (context, request) => {
  refuseUnkept(request);
  const before = context.stores.parameters.find(request.Name);
  const expectedVersion = request.Overwrite ? (before?.version ?? null) : null;
  inMembers(() => put(context, { draft: draftOf(request, before), expectedVersion }));
  return { Version: context.stores.parameters.find(request.Name)?.version ?? 1, Tier: 'Standard' };
});

/** A version of a parameter as `name` or `name:version` asks for it. */
function asked({ stores }: Pick<Context, 'stores'>, selector: string) {
  const [, name = selector, version = null] = /^(.+):([1-9][0-9]{0,8})$/.exec(selector) ?? [];
  const parameter = stores.parameters.find(name);
  if (parameter === null) throw new Fault('ParameterNotFound', { name });
  if (version === null) return parameter;
  const found = stores.parameters.version(name, Number(version));
  if (found === null) throw new Fault('ParameterVersionNotFound', { name, version: Number(version) });
  return { ...parameter, ...found, selector: `:${version}` };
}

/** Parameter. Of a secure value there is nothing to see unless it is asked for in the clear, which is written down. */
export function valueMembers(context: Context, parameter: StoredParameter & { selector?: string }, isDecrypted: boolean) {
  const { name, type, version, storedValue } = parameter;
  const secret = type === 'SecureString' && isDecrypted ? revealParameter(context, { name, version }) : undefined;
  return present({
    Name: name,
    Type: type,
    Value: type === 'SecureString' ? secret : storedValue,
    Version: version,
    Selector: parameter.selector,
    LastModifiedDate: parameter.lastModifiedAt,
    DataType: parameter.dataType,
  });
}

const GetRequest = z.strictObject({ Name: z.string().min(1), WithDecryption: z.boolean().default(false) });

export const getParameter = operation(GetRequest, (context, { Name, WithDecryption }) => ({
  Parameter: valueMembers(context, asked(context, Name), WithDecryption),
}));

const Names = z.array(z.string().min(1)).min(1).max(PARAMETER_NAMES_PER_CALL);
const GetManyRequest = z.strictObject({ Names, WithDecryption: z.boolean().default(false) });

function askedOrNull(context: Context, selector: string) {
  try {
    return asked(context, selector);
  } catch (cause) {
    if (cause instanceof Fault) return null;
    throw cause;
  }
}

/** Names that there are not are told apart. */
export const getParameters = operation(GetManyRequest, (context, { Names: names, WithDecryption }) => {
  const found = [...new Set(names)].map((name) => ({ name, parameter: askedOrNull(context, name) }));
  return {
    Parameters: found.flatMap(({ parameter }) => (parameter === null ? [] : [valueMembers(context, parameter, WithDecryption)])),
    InvalidParameters: found.filter(({ parameter }) => parameter === null).map(({ name }) => name),
  };
});

export const deleteParameter = operation(z.strictObject({ Name: z.string().min(1) }), (context, { Name: name }) => {
  if (remove(context, [name]).deleted.length === 0) throw new Fault('ParameterNotFound', { name }, { places: [{ field: 'Name' }] });
  return {};
});

export const deleteParameters = operation(z.strictObject({ Names }), (context, { Names: names }) => {
  const { deleted, invalid } = remove(context, names);
  return { DeletedParameters: deleted, InvalidParameters: invalid };
});
