import { type DocumentContent, partsOf } from './document.ts';
import { validateParameters } from './parameters.ts';
import { hasSecretReference } from './secret-references.ts';
import { interpolateStepInputs } from './step-inputs.ts';

export interface RenderedStep {
  readonly name: string;
  readonly action: string;
  /** The inputs as JSON, with the parameters in their places. */
  readonly text: string;
}

/** Level 1 of a dry run: the steps as they would run with these parameters, as an association sends them. Nothing is run. */
export function renderedDocument(
  { parameters: definitions, mainSteps }: DocumentContent,
  texts: Readonly<Record<string, readonly string[]>>,
): { problems: string[]; steps: RenderedStep[] } {
  // A secret is opened on the node alone: here its reference stands for it.
  const secrets = Object.keys(definitions).filter((name) => hasSecretReference(texts[name] ?? definitions[name]?.default));
  const readable = Object.fromEntries(Object.entries(definitions).filter(([name]) => !secrets.includes(name)));
  const given = Object.fromEntries(Object.entries(texts).filter(([name]) => !secrets.includes(name)));
  const validated = validateParameters(readable, given, 'come-later');
  if (!validated.ok) return { problems: validated.problems.map(({ message }) => message), steps: [] };
  const values = { ...validated.values, ...storedLater(readable, given) };
  const steps = mainSteps.map((step) => {
    const parts = partsOf(step).map((inputs) => interpolateStepInputs({ action: step.action, inputs }, { definitions, values, secrets }));
    return { name: step.name, action: step.action, text: parts.map((part) => JSON.stringify(part, null, 2)).join('\n') };
  });
  return { problems: [], steps };
}

const STORED = /\{\{ *ssm:/;

/** What comes from Parameter Store is put in when it runs: until then the reference stands for it. */
function storedLater(
  definitions: DocumentContent['parameters'],
  texts: Readonly<Record<string, readonly string[]>>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(definitions).flatMap(([name, { type, default: value }]) => {
      const given = texts[name] ?? (typeof value === 'string' ? [value] : []);
      if (!given.some((text) => STORED.test(text))) return [];
      return [[name, type === 'StringList' ? [...given] : (given[0] ?? '')]];
    }),
  );
}
