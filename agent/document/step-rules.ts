import { ActionName, flowProblems, parseActionInputs } from './action-inputs.ts';
import { shortJson } from './compact-json.ts';
import { partsOf, type Step, type StepInputs } from './document.ts';
import { fittingTypes, type KnownAction, knownAction, knownActionNames } from './known-actions.ts';
import { type ParameterDefinitions, SECURE_REFERENCE_REFUSAL } from './parameters.ts';
import { type Path, valueAt } from './path.ts';
import { preconditionFault } from './precondition.ts';
import { secretPlaces } from './secret-places.ts';
import { textsIn } from './texts.ts';
import { secureStoreToken, tokenNames, wholeToken } from './tokens.ts';
import { type Violation, violation } from './violation.ts';

/** Where a step stands in its source, and what its tokens can name. */
export interface StepPlace {
  readonly path: Path;
  /** Of the action's name. */
  readonly action: { readonly path: Path; readonly half: 'key' | 'value' };
  /** Of each of its parts, in their order. */
  readonly parts: readonly Path[];
  readonly definitions: ParameterDefinitions;
}

export function brokenStepRules(step: Step, place: StepPlace): Violation[] {
  const known = knownAction(step.action);
  return [
    ...brokenPreconditionRules(step, place),
    ...(known === null ? [unknownAction(step, place)] : []),
    ...partsOf(step).flatMap((inputs, position) => {
      const part = { inputs, path: place.parts[position] ?? place.path, definitions: place.definitions };
      return [...brokenReferences(step.action, part), ...(known === null ? [] : brokenActionRules(step.action, known, part))];
    }),
  ];
}

/** What the action is run with once, and where it stands in the source. */
interface Part {
  readonly inputs: StepInputs;
  readonly path: Path;
  readonly definitions: ParameterDefinitions;
}

function unknownAction({ action }: Step, place: StepPlace): Violation {
  const reason = `is ${shortJson(action)}, which is no action; there are ${knownActionNames().join(', ')}`;
  return { ...violation(place.action.path, reason), half: place.action.half };
}

function brokenPreconditionRules({ precondition }: Step, { path, definitions }: StepPlace): Violation[] {
  if (precondition === undefined) return [];
  const at = [...path, 'precondition', 'StringEquals'];
  const undeclared = precondition.StringEquals.flatMap((text, position) => undeclaredIn(text, [...at, position], definitions));
  const fault = preconditionFault(precondition, definitions);
  return fault === null ? undeclared : [...undeclared, violation(at, fault)];
}

function brokenReferences(action: string, { inputs, path, definitions }: Part): Violation[] {
  const misplaced = secretPlaces(action, inputs).filter(({ target }) => target === null);
  return [
    ...textsIn(inputs).flatMap(({ path: below, text }) => undeclaredIn(text, [...path, ...below], definitions)),
    ...misplaced.map(({ path: below }) => {
      const text = valueAt(inputs, below);
      const secret = typeof text === 'string' ? secureStoreToken(text) : null;
      return violation([...path, ...below], `has ${secret ?? 'a secret'}: ${SECURE_REFERENCE_REFUSAL}`);
    }),
  ];
}

function undeclaredIn(text: string, path: Path, definitions: ParameterDefinitions): Violation[] {
  const undeclared = new Set(tokenNames(text).filter((name) => !Object.hasOwn(definitions, name)));
  return [...undeclared].map((name) => violation(path, `uses the parameter ${shortJson(name)}, which the document does not declare`));
}

function brokenActionRules(action: string, known: KnownAction, part: Part): Violation[] {
  const run = ActionName.safeParse(action);
  const problems = run.success ? brokenInputRules(run.data, part) : flowProblems(part.inputs, part.path);
  return [...problems, ...misfits(known, part)];
}

/** By the action's own schema. A text with a token is not judged here: what it becomes is known when it runs, and its type in `misfits`. */
function brokenInputRules(action: ActionName, { inputs, path }: Part): Violation[] {
  const parsed = parseActionInputs(action, inputs, path);
  if (parsed.ok) return [];
  return parsed.problems.filter(({ half, path: at }) => half === 'key' || !hasTokenOnTheWay(inputs, at.slice(path.length)));
}

/** What became of the text, such as the one entry of a list, is further down than the text itself. */
function hasTokenOnTheWay(inputs: StepInputs, below: Path): boolean {
  return below.some((_, position) => {
    const found = valueAt(inputs, below.slice(0, position + 1));
    return typeof found === 'string' && tokenNames(found).length > 0;
  });
}

/** Parameters whose type does not fit the place where they are used (spec.md 8.2). */
function misfits(known: KnownAction, { inputs, path, definitions }: Part): Violation[] {
  return Object.entries(inputs).flatMap(([input, value]) =>
    textsIn(value).flatMap(({ path: below, text }) => {
      const kind = wholeToken(text) === null ? 'in-text' : 'alone';
      const fitting = fittingTypes(known, input, { kind, depth: below.length });
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
