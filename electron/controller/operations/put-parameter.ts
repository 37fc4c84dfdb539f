import { Fault } from '../../domain/faults.ts';
import type { Parameter, ParameterDraft } from '../../domain/parameter.ts';
import { PARAMETER_LIMIT, PARAMETER_VERSIONS_KEPT, ParameterType, parameterProblems } from '../../domain/parameter.ts';
import type { StoredParameter } from '../store/parameter-store.ts';
import type { Context } from './context.ts';
import { plainValueOf, storedValueOf } from './parameter-values.ts';

type PutContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'log' | 'cipher'>;

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

function created({ stores, cipher, clock }: PutContext, draft: ParameterDraft): void {
  const { name, value, description, allowedPattern } = draft;
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
}

/** Whether nodes can feel it: the value is another one. */
function overwritten({ stores, cipher, clock }: PutContext, draft: ParameterDraft, expectedVersion: number): boolean {
  const { name, type, value, description, allowedPattern } = draft;
  const before = stores.parameters.find(name);
  if (before === null) throw new Fault('ParameterNotFound', { name });
  if (before.type !== type) throw new Fault('HierarchyTypeMismatchException', { name, type: before.type }, { places: [{ field: 'type' }] });
  if (before.version !== expectedVersion) {
    throw new Fault('E-PARAMETER-CHANGED', { name, sent: expectedVersion, newest: before.version });
  }
  const after = { ...before, version: before.version + 1, description, allowedPattern, lastModifiedAt: clock.now() };
  stores.parameters.addVersion(
    { ...after, storedValue: storedValueOf({ cipher }, after, value) },
    { forgetUpTo: after.version - PARAMETER_VERSIONS_KEPT },
  );
  return isOther({ cipher }, before, value);
}

/** A value that cannot be opened any more is replaced as any other. */
function isOther(context: Pick<Context, 'cipher'>, before: StoredParameter, value: string): boolean {
  try {
    return plainValueOf(context, before, before.storedValue) !== value;
  } catch (cause) {
    if (cause instanceof Fault) return true;
    throw cause;
  }
}

/** PutParameter: version 1 of a new parameter, or the next version of one that is there. Throws a Fault that points at the fields. */
export function putParameter(context: PutContext, { draft, expectedVersion }: PutInput): void {
  refuseBroken(draft);
  const { name, type } = draft;
  context.transaction(() => {
    if (expectedVersion !== null) return overwritten(context, draft, expectedVersion);
    if (context.stores.parameters.find(name) !== null) throw new Fault('ParameterAlreadyExists', { name }, { places: [{ field: 'name' }] });
    created(context, draft);
    return true;
  });
  context.log.info('parameter-put', { name, type, version: context.stores.parameters.find(name)?.version });
  context.changes.publish({ kind: 'parameter', name });
}
