import { shortJson } from './compact-json.ts';
import type { DocumentContent } from './document.ts';
import { valueOfType } from './parameter-value.ts';
import { brokenRules, PARAMETER_STORE_REFUSAL, type ParameterDefinition } from './parameters.ts';
import type { Path } from './path.ts';
import { compilePattern } from './pattern.ts';
import { brokenStepRules } from './step-rules.ts';
import { textsIn } from './texts.ts';
import { parameterStoreToken } from './tokens.ts';
import { type Violation, violation } from './violation.ts';

/** What is wrong with a document whose shape is right: all that can be known before it meets a node (spec.md 8.2 to 8.6). */
export function brokenDocumentRules(document: DocumentContent): Violation[] {
  return [
    ...Object.entries(document.parameters).flatMap(([name, definition]) => brokenParameterRules(definition, ['parameters', name])),
    ...document.mainSteps.flatMap((step, position) =>
      brokenStepRules(step, { path: ['mainSteps', position], definitions: document.parameters }),
    ),
  ];
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
  const reference = textsIn(definition.default).flatMap(({ text }) => parameterStoreToken(text) ?? [])[0];
  if (reference !== undefined) return [violation([...path, 'default'], `has ${reference}: ${PARAMETER_STORE_REFUSAL}`)];
  return brokenRules(definition, definition.default).map(({ reason }) => violation([...path, 'default'], reason));
}
