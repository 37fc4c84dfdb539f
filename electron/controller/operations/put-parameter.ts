import { Fault } from '../../domain/faults.ts';
import type { Parameter, ParameterDraft } from '../../domain/parameter.ts';
import { PARAMETER_LIMIT, PARAMETER_VERSIONS_KEPT, ParameterType, parameterProblems } from '../../domain/parameter.ts';
import { pinnedTo } from '../../domain/parameter-uses.ts';
import type { StoredParameter } from '../store/parameter-store.ts';
import type { Context } from './context.ts';
import { runReferrers } from './parameter-referrers.ts';
import { plainValueOf, storedValueOf } from './parameter-values.ts';
import type { StartContext } from './start-execution.ts';

type PutContext = StartContext & Pick<Context, 'cipher' | 'parameterUses'>;
type Put = { version: number; isNews: boolean };

export type PutInput = {
  draft: ParameterDraft;
  /** The version that the person saw, which must still be the newest; null to create. */
  expectedVersion: number | null;
};

function refuseBroken(draft: ParameterDraft): void {
  const problems = parameterProblems(draft);
  const [first] = problems;
  if (first === undefined) return;
  const places = problems.map(({ field }) => ({ field }));
  if (first.code === 'ValidationException') throw new Fault(first.code, { problems: problems.map(({ message }) => message) }, { places });
  throw new Fault(first.code, { problem: first.message }, { places });
}

function created({ stores, cipher, clock }: PutContext, draft: ParameterDraft): Put {
  const { name, value, description, allowedPattern } = draft;
  if (stores.parameters.find(name) !== null) throw new Fault('ParameterAlreadyExists', { name }, { places: [{ field: 'name' }] });
  if (stores.parameters.count() >= PARAMETER_LIMIT) throw new Fault('ParameterLimitExceeded', { limit: PARAMETER_LIMIT });
  const now = clock.now();
  const parameter: Parameter = {
    name,
    type: ParameterType.parse(draft.type),
    dataType: 'text',
    version: 1,
    description,
    allowedPattern,
    createdAt: now,
    lastModifiedAt: now,
  };
  stores.parameters.insert({ ...parameter, storedValue: storedValueOf({ cipher }, parameter, value) });
  return { version: 1, isNews: true };
}

/** A version that goes takes nothing with it that is still asked for by its number. */
function refuseLosingPinned({ parameterUses }: PutContext, name: string, version: number): void {
  const associations = pinnedTo(parameterUses.of(name), { name, version }).length;
  if (associations > 0) throw new Fault('ParameterMaxVersionLimitExceeded', { name, version, associations });
}

function overwritten(context: PutContext, draft: ParameterDraft, expectedVersion: number): Put {
  const { stores, cipher, clock } = context;
  const { name, type, value, description, allowedPattern } = draft;
  const before = stores.parameters.find(name);
  if (before === null) throw new Fault('ParameterNotFound', { name });
  if (before.type !== type) throw new Fault('HierarchyTypeMismatchException', { name, type: before.type }, { places: [{ field: 'type' }] });
  if (before.version !== expectedVersion) {
    throw new Fault('E-PARAMETER-CHANGED', { name, sent: expectedVersion, newest: before.version });
  }
  const after = { ...before, version: before.version + 1, description, allowedPattern, lastModifiedAt: clock.now() };
  const forgetUpTo = after.version - PARAMETER_VERSIONS_KEPT;
  if (forgetUpTo > 0) refuseLosingPinned(context, name, forgetUpTo);
  stores.parameters.addVersion({ ...after, storedValue: storedValueOf({ cipher }, after, value) }, { forgetUpTo });
  return { version: after.version, isNews: isOther({ cipher }, before, value) };
}

/** Whether nodes can feel it. A value that cannot be opened any more is another one. */
function isOther(context: Pick<Context, 'cipher'>, before: StoredParameter, value: string): boolean {
  try {
    return plainValueOf(context, before, before.storedValue) !== value;
  } catch (cause) {
    if (cause instanceof Fault) return true;
    throw cause;
  }
}

/**
 * PutParameter: version 1 of a new parameter, or the next version of one that is there. With another value than before, what refers to
 * it runs at once. Throws a Fault that points at the fields.
 */
export function putParameter(context: PutContext, { draft, expectedVersion }: PutInput): void {
  refuseBroken(draft);
  const { name, type } = draft;
  // One commit for the value and for what begins with it: a kill right after it loses no run.
  const { version } = context.transaction(() => {
    const put = expectedVersion === null ? created(context, draft) : overwritten(context, draft, expectedVersion);
    if (put.isNews) runReferrers(context, { name, version: put.version });
    return put;
  });
  context.log.info('parameter-put', { name, type, version });
  context.changes.publish({ kind: 'parameter', name });
}
