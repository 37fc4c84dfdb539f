import { shortJson } from './compact-json.ts';
import type { DocumentContent } from './document.ts';
import { type LegacySource, legacySteps } from './legacy-source.ts';
import { referencesIn } from './parameter-references.ts';
import { valueOfType } from './parameter-value.ts';
import { brokenRules, type ParameterDefinition, type ParameterDefinitions, SECURE_REFERENCE_REFUSAL } from './parameters.ts';
import type { Path } from './path.ts';
import { compilePattern } from './pattern.ts';
import { secretReference, takesSecret } from './secret-references.ts';
import { brokenStepRules } from './step-rules.ts';
import { textsIn } from './texts.ts';
import { secureStoreToken } from './tokens.ts';
import { type Violation, violation } from './violation.ts';

/** What is wrong with a document of schema 2.x whose shape is right: all that can be known before it meets a node (spec.md 8.2 to 8.6). */
export function brokenDocumentRules(document: DocumentContent): Violation[] {
  return [
    ...brokenDefinitions(document.parameters),
    ...document.mainSteps.flatMap((step, position) => {
      const path = ['mainSteps', position];
      const action = { path: [...path, 'action'], half: 'value' as const };
      return brokenStepRules(step, { path, action, parts: [[...path, 'inputs']], definitions: document.parameters });
    }),
  ];
}

/** The same of schema 1.2. */
export function brokenLegacyRules(source: LegacySource): Violation[] {
  return [
    ...brokenDefinitions(source.parameters),
    ...legacySteps(source).flatMap(({ step, path, parts }) =>
      brokenStepRules(step, { path, action: { path, half: 'key' }, parts, definitions: source.parameters }),
    ),
  ];
}

/** Of the parameters that a document declares, whatever its type. */
export function brokenDefinitions(definitions: ParameterDefinitions): Violation[] {
  return Object.entries(definitions).flatMap(([name, definition]) => brokenParameterRules(definition, ['parameters', name]));
}

function brokenParameterRules(definition: ParameterDefinition, path: Path): Violation[] {
  return [
    ...brokenInjectionRule(definition, path),
    ...brokenPatternRule(definition, path),
    ...brokenLimitRules(definition, path),
    ...brokenAllowedValueRules(definition, path),
    ...brokenDefaultRules(definition, path),
  ];
}

function brokenInjectionRule({ interpolationType, type }: ParameterDefinition, path: Path): Violation[] {
  if (interpolationType === undefined || type === 'String') return [];
  return [violation([...path, 'interpolationType'], `can be ENV_VAR for type String only, not for ${type}`)];
}

function brokenPatternRule({ allowedPattern }: ParameterDefinition, path: Path): Violation[] {
  if (allowedPattern === undefined) return [];
  const compiled = compilePattern(allowedPattern);
  return compiled.ok ? [] : [violation([...path, 'allowedPattern'], compiled.reason)];
}

function brokenLimitRules({ minItems, maxItems, minChars, maxChars }: ParameterDefinition, path: Path): Violation[] {
  const isReversed = (min = 0, max = Number.POSITIVE_INFINITY) => min > max;
  return [
    ...(isReversed(minItems, maxItems) ? [violation([...path, 'minItems'], 'is larger than maxItems')] : []),
    ...(isReversed(minChars, maxChars) ? [violation([...path, 'minChars'], 'is larger than maxChars')] : []),
  ];
}

function brokenAllowedValueRules({ type, allowedValues = [] }: ParameterDefinition, path: Path): Violation[] {
  const isList = type === 'StringList' || type === 'MapList';
  return allowedValues.flatMap((allowed, position) => {
    if (valueOfType(type, isList ? [allowed] : allowed) !== null) return [];
    return [violation([...path, 'allowedValues', position], `is ${shortJson(allowed)}, which is not of type ${type}`)];
  });
}

function brokenDefaultRules(definition: ParameterDefinition, path: Path): Violation[] {
  if (definition.default === undefined) return [];
  const at = [...path, 'default'];
  const secret = textsIn(definition.default).flatMap(({ text }) => secureStoreToken(text) ?? [])[0];
  if (typeof definition.default === 'string' && secretReference(definition.default) !== null && takesSecret(definition)) return [];
  if (secret !== undefined) return [violation(at, `has ${secret}: ${SECURE_REFERENCE_REFUSAL}`)];
  // What it refers to is known when it runs: until then only its type can be wrong.
  if (referencesIn(definition.default).length > 0 && valueOfType(definition.type, definition.default) !== null) return [];
  return brokenRules(definition, definition.default).map(({ reason }) => violation(at, reason));
}
