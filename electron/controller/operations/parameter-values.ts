import { Fault } from '../../domain/faults.ts';
import type { Parameter } from '../../domain/parameter.ts';
import type { Context } from './context.ts';

type Sealed = Pick<Parameter, 'name' | 'type'> & { version: number };

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

export type ParameterValue = Pick<Parameter, 'name' | 'type' | 'version'> & { value: string };

/** GetParameter with decryption: one version, or the newest. Throws ParameterNotFound or ParameterVersionNotFound. */
export function readParameter(context: Pick<Context, 'stores' | 'cipher'>, name: string, version: number | null): ParameterValue {
  const parameter = context.stores.parameters.find(name);
  if (parameter === null) throw new Fault('ParameterNotFound', { name });
  const { type } = parameter;
  const found = version === null || version === parameter.version ? parameter : context.stores.parameters.version(name, version);
  if (found === null) throw new Fault('ParameterVersionNotFound', { name, version: version ?? 0 });
  return { name, type, version: found.version, value: plainValueOf(context, { name, type, version: found.version }, found.storedValue) };
}

/** A person asked to see one value. That they did is on record; the value is not. */
export function revealParameter(
  context: Pick<Context, 'stores' | 'cipher' | 'log'>,
  { name, version }: { name: string; version: number },
): string {
  const { type, value } = readParameter(context, name, version);
  context.log.info('parameter-revealed', { name, type, version });
  return value;
}
