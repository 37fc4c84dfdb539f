import { Fault } from '../../domain/faults.ts';
import type { Parameter } from '../../domain/parameter.ts';
import type { RunValues, StoreLookup, WrittenRun } from '../../domain/run-values.ts';
import { runValues } from '../../domain/run-values.ts';
import type { Context } from './context.ts';

type Sealed = Pick<Parameter, 'name' | 'type'> & { version: number };
type ValueContext = Pick<Context, 'stores' | 'cipher'>;

/** A version of one parameter is sealed as that: its ciphertext in another row does not open. */
const labelOf = ({ name, version }: Sealed): string => `parameter\n${name}\n${version}`;

/** What is stored for a value. */
export const storedValueOf = ({ cipher }: Pick<Context, 'cipher'>, parameter: Sealed, value: string): string =>
  parameter.type === 'SecureString' ? cipher.seal(value, labelOf(parameter)) : value;

/** The value of what is stored; of a SecureString it is for a node, or for a person who asked to see it, and for nobody else. */
export function plainValueOf({ cipher }: Pick<Context, 'cipher'>, parameter: Sealed, storedValue: string): string {
  if (parameter.type !== 'SecureString') return storedValue;
  try {
    return cipher.open(storedValue, labelOf(parameter));
  } catch (cause) {
    throw new Fault('E-PARAMETER-SEALED', { name: parameter.name }, { cause });
  }
}

/** What the store has now: of the version that is named, or of the newest. */
export const storeLookup =
  (context: ValueContext): StoreLookup =>
  ({ name, version }) => {
    const parameter = context.stores.parameters.find(name);
    if (parameter === null) return null;
    const { type } = parameter;
    const found = version === null || version === parameter.version ? parameter : context.stores.parameters.version(name, version);
    return found === null ? null : { type, value: () => plainValueOf(context, { name, type, version: found.version }, found.storedValue) };
  };

/** A person asked to see one value (GetParameter with decryption). That they did is on record; the value is not. */
export function revealParameter(
  context: ValueContext & Pick<Context, 'log'>,
  { name, version }: { name: string; version: number },
): string {
  const { parameters } = context.stores;
  if (parameters.find(name) === null) throw new Fault('ParameterNotFound', { name });
  const found = storeLookup(context)({ name, version });
  if (found === null) throw new Fault('ParameterVersionNotFound', { name, version });
  const value = found.value();
  context.log.info('parameter-revealed', { name, type: found.type, version });
  return value;
}

/** What a node would get of the run at this moment. */
export function currentRunValues(context: ValueContext, run: WrittenRun): RunValues {
  try {
    return runValues(run, storeLookup(context));
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    return { ok: false, errorCode: cause.code, message: cause.message };
  }
}
