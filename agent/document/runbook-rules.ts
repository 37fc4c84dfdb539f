import { shortJson } from './compact-json.ts';
import { brokenDefinitions } from './document-rules.ts';
import { ParameterDefinition, type ParameterDefinitions } from './parameters.ts';
import type { Path } from './path.ts';
import type { Runbook, RunbookStep } from './runbook.ts';
import { textsIn } from './texts.ts';
import { type Violation, violation } from './violation.ts';

/** What is wrong between the parts of a runbook (spec.md 8.6). Types of parameters are checked when it runs. */
export function brokenRunbookRules(runbook: Runbook): Violation[] {
  return [
    ...brokenDefinitions(ordinaryDefinitions(runbook)),
    ...brokenTokens(runbook.assumeRole, ['assumeRole'], runbook),
    ...runbook.mainSteps.flatMap((step, position) => brokenStep(step, ['mainSteps', position], runbook)),
    ...brokenOutputs(runbook),
  ];
}

/** Parameters whose type is not that of a resource, of which nothing else is known. */
function ordinaryDefinitions({ parameters }: Runbook): ParameterDefinitions {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, definition]) => {
      const ordinary = ParameterDefinition.safeParse(definition);
      return ordinary.success ? [[name, ordinary.data]] : [];
    }),
  );
}

function brokenStep(step: RunbookStep, path: Path, runbook: Runbook): Violation[] {
  return [
    ...brokenTargets(step, path, runbook),
    ...(step.isEnd === true && step.nextStep !== undefined
      ? [violation([...path, 'nextStep'], 'cannot be followed: isEnd says that the runbook ends with this step')]
      : []),
    ...brokenChoices(step, path, runbook),
    ...brokenTokens(step.inputs, [...path, 'inputs'], runbook),
  ];
}

interface Target {
  readonly path: Path;
  readonly name: string;
}

/** The step that `step:name` names; null for another word. */
const namedStep = (word: string | undefined): string | null => /^step: ?(.+)$/.exec(word ?? '')?.[1] ?? null;

function brokenTargets(step: RunbookStep, path: Path, runbook: Runbook): Violation[] {
  const onCancel = namedStep(step.onCancel);
  const targets: Target[] = [
    ...(step.nextStep === undefined ? [] : [{ path: [...path, 'nextStep'], name: step.nextStep }]),
    ...[
      { path: [...path, 'onFailure'], name: namedStep(step.onFailure) },
      { path: [...path, 'onCancel'], name: onCancel },
    ].flatMap(({ path, name }) => (name === null ? [] : [{ path, name }])),
  ];
  return [...targets.flatMap((target) => unknownStep(target, runbook)), ...brokenCancelFlow(onCancel, [...path, 'onCancel'], runbook)];
}

function unknownStep({ path, name }: Target, { mainSteps }: Runbook): Violation[] {
  return mainSteps.some((step) => step.name === name) ? [] : [violation(path, `leads to ${shortJson(name)}, but there is no such step`)];
}

/** Actions that take longer than the two minutes of a cancel, or make what nobody would take away again. */
const NOT_WHILE_CANCELLING: ReadonlySet<string> = new Set([
  'aws:approve',
  'aws:pause',
  'aws:sleep',
  'aws:copyImage',
  'aws:createImage',
  'aws:createStack',
  'aws:createTags',
  'aws:runInstances',
]);

function brokenCancelFlow(name: string | null, path: Path, { mainSteps }: Runbook): Violation[] {
  const action = mainSteps.find((step) => step.name === name)?.action;
  if (action === undefined || !NOT_WHILE_CANCELLING.has(action)) return [];
  return [violation(path, `leads to a step of ${action}, which cannot run while a runbook is cancelled`)];
}

/** Where the choices of a branch, and its default, lead to. */
function brokenChoices({ action, inputs }: RunbookStep, path: Path, runbook: Runbook): Violation[] {
  if (action !== 'aws:branch') return [];
  const at = [...path, 'inputs'];
  const { Choices: choices, Default: otherwise } = inputs;
  if (!Array.isArray(choices) || choices.length === 0) return [violation([...at, 'Choices'], 'must be a list with at least one choice')];
  const broken = choices.flatMap((choice: unknown, position) => {
    const target = nextOf(choice);
    const place = [...at, 'Choices', position];
    if (target === undefined) return [violation(place, 'must have NextStep, the name of a step')];
    return unknownStep({ path: [...place, 'NextStep'], name: target }, runbook);
  });
  if (otherwise === undefined) return broken;
  if (typeof otherwise !== 'string') return [...broken, violation([...at, 'Default'], 'must be the name of a step')];
  return [...broken, ...unknownStep({ path: [...at, 'Default'], name: otherwise }, runbook)];
}

function nextOf(choice: unknown): string | undefined {
  if (typeof choice !== 'object' || choice === null || !('NextStep' in choice)) return undefined;
  return typeof choice.NextStep === 'string' ? choice.NextStep : undefined;
}

/** The name, and what of a step's output follows it; blanks at the end belong to one of both parts alone, or a search would try all ways. */
const TOKEN = /\{\{\s*([a-zA-Z0-9_]+)(?:(\.[^{}]*)|\s*)\}\}/g;

/** Tokens name a parameter, or a step whose output they stand for; all others (`global:`, `automation:`, `variable:`) are the service's. */
function brokenTokens(value: unknown, path: Path, runbook: Runbook): Violation[] {
  const { parameters } = runbook;
  return textsIn(value, path).flatMap(({ path: at, text }) =>
    [...text.matchAll(TOKEN)].flatMap(([, name = '', output]) => {
      if (output !== undefined) {
        if (stepNames(runbook).includes(name) || Object.hasOwn(parameters, name)) return [];
        return [violation(at, `uses an output of the step ${shortJson(name)}, but there is no such step`)];
      }
      if (Object.hasOwn(parameters, name)) return [];
      return [violation(at, `uses the parameter ${shortJson(name)}, which the document does not declare`)];
    }),
  );
}

/** With the steps inside loops, which are among the inputs of those. */
function stepNames({ mainSteps }: Runbook): string[] {
  return mainSteps.flatMap(({ name, action, inputs }) => {
    const inside: unknown[] = action === 'aws:loop' && Array.isArray(inputs.Steps) ? inputs.Steps : [];
    return [name, ...inside.flatMap((step) => (typeof step === 'object' && step !== null && 'name' in step ? [String(step.name)] : []))];
  });
}

/** `step.Output`, of what the whole runbook puts out. */
function brokenOutputs(runbook: Runbook): Violation[] {
  return (runbook.outputs ?? []).flatMap((output, position) => {
    const name = /^([^.{}]+)\./.exec(output)?.[1];
    return name === undefined ? [] : unknownStep({ path: ['outputs', position], name }, runbook);
  });
}
