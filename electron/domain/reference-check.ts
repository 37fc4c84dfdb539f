import type { DocumentContent } from '../../agent/document/document.ts';
import type { ParameterReference } from '../../agent/document/parameter-references.ts';
import { referencesIn } from '../../agent/document/parameter-references.ts';
import { valueOfTexts } from '../../agent/document/parameter-value.ts';
import { validateParameters } from '../../agent/document/parameters.ts';
import { resolveRunReferences } from '../../agent/document/run-references.ts';
import { placedSecrets } from '../../agent/document/secret-places.ts';
import { hasSecretReference, secretReferencesIn, takesSecret } from '../../agent/document/secret-references.ts';
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
  if (hasSecretReference(texts)) return secretsProblem(document, { parameter, texts }, typeOf);
  const resolved = resolveRunReferences({ document: { ...document, mainSteps: [] }, parameters: { [parameter]: texts } }, (reference) => {
    const type = typeOf(reference);
    return type === null ? null : { type, value: '' };
  });
  return resolved.ok ? null : resolved.problem;
}

/** A secret stands for the whole value of a parameter that travels in the environment, or where a step takes credentials from the value. */
function secretsProblem(
  document: DocumentContent,
  { parameter, texts }: { parameter: string; texts: readonly string[] },
  typeOf: StoredType,
): string | null {
  const secret = secretOf(texts);
  const definition = document.parameters[parameter];
  if (definition === undefined || takesSecret(definition)) {
    return secret === null ? WHOLE_ONLY : secretProblem(document, { parameter, secret }, typeOf);
  }
  const value = valueOfTexts(definition.type, texts);
  const placed = value === undefined || value === null ? null : placedSecrets(document, { [parameter]: value });
  const [target] = placed?.ok === true ? placed.targets : [];
  if (target === undefined) return secret === null ? WHOLE_ONLY : secretMisuse(document, parameter);
  const broken = validateParameters({ [parameter]: definition }, { [parameter]: texts }, 'are-resolved-but-secrets');
  if (!broken.ok && referencesIn(texts).length === 0) return broken.problems.map(({ message }) => message).join(' ');
  const troubles = secretReferencesIn(texts).flatMap((reference) => typeProblem(reference, typeOf) ?? []);
  return troubles[0] ?? null;
}

const WHOLE_ONLY = 'A secret, {{ssm-secure:…}}, can stand for a whole value, or alone where a step takes credentials.';

function secretProblem(
  document: DocumentContent,
  { parameter, secret }: { parameter: string; secret: ParameterReference },
  typeOf: StoredType,
): string | null {
  const misuse = secretMisuse(document, parameter);
  return misuse ?? typeProblem(secret, typeOf);
}

function typeProblem(secret: ParameterReference, typeOf: StoredType): string | null {
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
