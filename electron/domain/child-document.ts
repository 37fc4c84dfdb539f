import { childParameters } from '../../agent/document/child-parameters.ts';
import type { DocumentContent } from '../../agent/document/document.ts';
import { partsOf } from '../../agent/document/document.ts';
import type { DocumentChoice } from '../../agent/document/document-choice.ts';
import { documentChoice } from '../../agent/document/document-choice.ts';
import type { ParameterValues } from '../../agent/document/parameters.ts';
import { validateParameters } from '../../agent/document/parameters.ts';
import { RunDocumentInputs } from '../../agent/document/run-document-inputs.ts';
import { interpolateStepInputs } from '../../agent/document/step-inputs.ts';
import type { RunValues, StoreLookup } from './run-values.ts';
import { referencesOfRun, runValues } from './run-values.ts';

/** Levels of documents below the one that an association names (spec.md 8.9). */
const DEEPEST = 3;

/** Some of the steps of a document that runs, with the values that it runs with. */
export type RunningSteps = Pick<DocumentContent, 'mainSteps' | 'parameters'> & { values: ParameterValues };

/** A document as it is found: `key` is the same for the same version, by whatever name it was asked for. */
export type FoundChild = { key: string; content: DocumentContent };
export type FindChild = (choice: DocumentChoice) => FoundChild | null;

/** Whether a document reads anything from Parameter Store that a node would get with it. */
export const refersByItself = (document: DocumentContent, given: readonly string[]): boolean =>
  referencesOfRun({ document: withoutDefaults(document, given), parameters: {} }).length > 0;

/**
 * Whether these steps run the document, themselves or by what they run: as far as this controller knows the documents. Nobody else is
 * given what it refers to.
 */
export function runsDocument(steps: RunningSteps, wanted: string, find: FindChild): boolean {
  return runsWithin(DEEPEST, steps, { wanted, find });
}

function runsWithin(levels: number, steps: RunningSteps, sought: { wanted: string; find: FindChild }): boolean {
  if (levels === 0) return false;
  return childrenOf(steps).some(({ choice, parameters }) => {
    const child = sought.find(choice);
    if (child === null) return false;
    if (child.key === sought.wanted) return true;
    const validated = validateParameters(child.content.parameters, parameters, 'come-later');
    return runsWithin(levels - 1, { ...child.content, values: validated.ok ? validated.values : {} }, sought);
  });
}

function childrenOf({
  mainSteps,
  parameters: definitions,
  values,
}: RunningSteps): { choice: DocumentChoice; parameters: Record<string, string[]> }[] {
  return mainSteps.flatMap((step) => {
    if (step.action !== 'aws:runDocument') return [];
    return partsOf(step).flatMap((part) => {
      const inputs = RunDocumentInputs.safeParse(interpolateStepInputs({ action: step.action, inputs: part }, { definitions, values }));
      if (!inputs.success || inputs.data.documentType !== 'SSMDocument') return [];
      const choice = documentChoice(inputs.data.documentPath);
      return choice === null ? [] : [{ choice, parameters: childParameters(inputs.data.documentParameters) ?? {} }];
    });
  });
}

/** The default of a parameter for which a value is given means nothing to that run. */
function withoutDefaults(document: DocumentContent, given: readonly string[]): DocumentContent {
  const definitions = Object.entries(document.parameters).map(([name, definition]) => {
    if (!given.includes(name)) return [name, definition] as const;
    const { default: _, ...required } = definition;
    return [name, required] as const;
  });
  return { ...document, parameters: Object.fromEntries(definitions) };
}

/**
 * What a node gets of a document that runs in the place of a step: what its steps and its defaults refer to. The values that the step
 * gives are the node's own matter, and nothing in them is looked up.
 */
export function childValues(document: DocumentContent, given: readonly string[], lookup: StoreLookup): RunValues {
  const all = withoutDefaults(document, given);
  const isKnown = (name: string) => all.parameters[name]?.default !== undefined;
  const [known, open] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries(all.parameters).filter(([name]) => isKnown(name) === wanted)),
  );
  const values = runValues({ document: { ...all, parameters: known ?? {} }, parameters: {} }, lookup);
  if (!values.ok) return values;
  return { ...values, document: { ...values.document, parameters: { ...values.document.parameters, ...open } } };
}
