import { ActionName, fittingTypes, parseActionInputs } from './action-inputs.ts';
import { shortJson } from './compact-json.ts';
import type { Step } from './document.ts';
import { PARAMETER_STORE_REFUSAL, type ParameterDefinitions } from './parameters.ts';
import { type Path, valueAt } from './path.ts';
import { preconditionFault } from './precondition.ts';
import { textsIn } from './texts.ts';
import { parameterStoreToken, tokenNames, wholeToken } from './tokens.ts';
import { type Violation, violation } from './violation.ts';

interface StepPlace {
  readonly path: Path;
  readonly definitions: ParameterDefinitions;
}

export function brokenStepRules(step: Step, place: StepPlace): Violation[] {
  return [...brokenPreconditionRules(step, place), ...brokenReferences(step, place), ...brokenActionRules(step, place)];
}

function brokenPreconditionRules({ precondition }: Step, { path, definitions }: StepPlace): Violation[] {
  if (precondition === undefined) return [];
  const at = [...path, 'precondition', 'StringEquals'];
  const undeclared = precondition.StringEquals.flatMap((text, position) => undeclaredIn(text, { path: [...at, position], definitions }));
  const fault = preconditionFault(precondition, definitions);
  return fault === null ? undeclared : [...undeclared, violation(at, fault)];
}

function brokenReferences({ inputs }: Step, { path, definitions }: StepPlace): Violation[] {
  return textsIn(inputs, [...path, 'inputs']).flatMap(({ path: at, text }) => {
    const reference = parameterStoreToken(text);
    return [
      ...undeclaredIn(text, { path: at, definitions }),
      ...(reference === null ? [] : [violation(at, `has ${reference}: ${PARAMETER_STORE_REFUSAL}`)]),
    ];
  });
}

function undeclaredIn(text: string, { path, definitions }: StepPlace): Violation[] {
  const undeclared = new Set(tokenNames(text).filter((name) => !Object.hasOwn(definitions, name)));
  return [...undeclared].map((name) => violation(path, `uses the parameter ${shortJson(name)}, which the document does not declare`));
}

function brokenActionRules({ action, inputs }: Step, { path, definitions }: StepPlace): Violation[] {
  const known = ActionName.safeParse(action);
  if (!known.success) {
    const reason = `is ${shortJson(action)}, which this version of Holdfast does not know; it knows ${ActionName.options.join(' and ')}`;
    return [violation([...path, 'action'], reason)];
  }
  const place = { path: [...path, 'inputs'], definitions };
  return [...brokenInputRules(known.data, inputs, place), ...misfits(known.data, inputs, place)];
}

/** By the action's own schema. A token that stands alone is not judged here: what it becomes is known by its type, in `misfits`. */
function brokenInputRules(action: ActionName, inputs: Step['inputs'], { path }: StepPlace): Violation[] {
  const parsed = parseActionInputs(action, inputs, path);
  if (parsed.ok) return [];
  return parsed.problems.filter((problem) => {
    const found = valueAt(inputs, problem.path.slice(path.length));
    return problem.half === 'key' || typeof found !== 'string' || wholeToken(found) === null;
  });
}

/** Parameters whose type does not fit the place where they are used (spec.md 8.2). */
function misfits(action: ActionName, inputs: Step['inputs'], { path, definitions }: StepPlace): Violation[] {
  return Object.entries(inputs).flatMap(([input, value]) =>
    textsIn(value).flatMap(({ path: below, text }) => {
      const kind = wholeToken(text) === null ? 'in-text' : 'alone';
      const fitting = fittingTypes(action, input, { kind, depth: below.length });
      if (fitting === null) return [];
      const at = [...path, input, ...below];
      const unfit = [...new Set(tokenNames(text))].filter((name) => {
        return Object.hasOwn(definitions, name) && !fitting.some((type) => type === definitions[name]?.type);
      });
      if (fitting.length === 0 && unfit.length > 0) return [violation(at, 'must be written out: a parameter cannot stand here')];
      const place = kind === 'alone' ? 'here' : 'inside text';
      return unfit.map((name) =>
        violation(
          at,
          `uses the parameter ${shortJson(name)} of type ${definitions[name]?.type}, but only type ${fitting.join(' or ')} fits ${place}`,
        ),
      );
    }),
  );
}
