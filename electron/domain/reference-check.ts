import type { DocumentContent } from '../../agent/document/document.ts';
import type { ParameterReference } from '../../agent/document/parameter-references.ts';
import { referencesIn } from '../../agent/document/parameter-references.ts';
import { resolveRunReferences } from '../../agent/document/run-references.ts';
import { hasSecretReference } from '../../agent/document/secret-references.ts';
import type { ParameterType } from './parameter.ts';
import { secretMisuse, secretOf } from './run-values.ts';

/** Of what type a stored parameter is; null when there is no such parameter or version. */
export type StoredType = (reference: ParameterReference) => ParameterType | null;

/** Whether a value, as an association sends it, becomes what it will be only when it runs. */
export const comesFromStore = (texts: readonly string[]): boolean => referencesIn(texts).length > 0 || hasSecretReference(texts);

/**
 * What is wrong with the references in one value, as a whole sentence; null when they lead somewhere that fits. What the value will
 * be is not known before it runs, so its rules are asked then.
 */
export function referenceProblem(
  document: DocumentContent,
  { parameter, texts }: { parameter: string; texts: readonly string[] },
  typeOf: StoredType,
): string | null {
  const secret = secretOf(texts);
  if (secret !== null) return secretProblem(document, { parameter, secret }, typeOf);
  if (hasSecretReference(texts)) return 'A secret, {{ssm-secure:…}}, can stand for a whole value only.';
  const resolved = resolveRunReferences({ document: { ...document, mainSteps: [] }, parameters: { [parameter]: texts } }, (reference) => {
    const type = typeOf(reference);
    return type === null ? null : { type, value: '' };
  });
  return resolved.ok ? null : resolved.problem;
}

function secretProblem(
  document: DocumentContent,
  { parameter, secret }: { parameter: string; secret: ParameterReference },
  typeOf: StoredType,
): string | null {
  const misuse = secretMisuse(document, parameter);
  if (misuse !== null) return misuse;
  const target = secret.version === null ? secret.name : `${secret.name}:${secret.version}`;
  switch (typeOf(secret)) {
    case null:
      return `There is no parameter ${target}, to which {{ssm-secure:${target}}} refers.`;
    case 'SecureString':
      return null;
    case 'String':
    case 'StringList':
      return `The parameter ${target} is no secret: refer to it as {{ssm:${target}}}.`;
  }
}
