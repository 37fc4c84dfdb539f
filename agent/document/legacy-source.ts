import * as z from 'zod';
import { FLOW_KEYWORDS } from './action-inputs.ts';
import { DocumentContent, type Step, StepInputs } from './document.ts';
import type { Path } from './path.ts';
import { strictMap, type Violation, violation } from './violation.ts';

const Plugin = strictMap({ properties: z.union([StepInputs, z.array(StepInputs).min(1)], 'must be a map, or a list of maps') });

/** A document of schema 1.2 as an author writes it: plugins by name, each with the properties of one run or of several. */
export const LegacySource = strictMap({
  schemaVersion: z.literal('1.2'),
  description: DocumentContent.shape.description,
  parameters: DocumentContent.shape.parameters,
  runtimeConfig: z.record(z.string(), Plugin).refine((plugins) => Object.keys(plugins).length > 0, 'must have at least one plugin'),
});
export type LegacySource = z.infer<typeof LegacySource>;

/** One plugin of the source as a step, and where its parts stand in the source. */
export interface LegacyStep {
  readonly step: Step;
  readonly path: Path;
  readonly parts: readonly Path[];
}

export function legacySteps({ runtimeConfig }: LegacySource): LegacyStep[] {
  return Object.entries(runtimeConfig).map(([action, { properties }]) => {
    const path = ['runtimeConfig', action];
    const isList = Array.isArray(properties);
    const [inputs = {}, ...moreInputs] = (isList ? properties : [properties]).map(inputsOf);
    const step = { action, name: nameOf(action), inputs, ...(moreInputs.length > 0 ? { moreInputs } : {}) };
    const parts = isList ? properties.map((_, position) => [...path, 'properties', position]) : [[...path, 'properties']];
    return { step, path, parts };
  });
}

export function legacyDocument(source: LegacySource): DocumentContent {
  const { schemaVersion, description, parameters } = source;
  const mainSteps = legacySteps(source).map(({ step }) => step);
  return { schemaVersion, ...(description === undefined ? {} : { description }), parameters, mainSteps };
}

/** Steps have no name in schema 1.2, and a plugin occurs once: it gives the name. */
function nameOf(action: string): string {
  const name = action.replace(/^aws:/, '').replace(/[^A-Za-z0-9_-]/g, '-');
  return name === '' ? 'step' : name.slice(0, 128);
}

/** `id` numbers the runs and is no input; what 2.x calls `runCommand` may be called `commands` here (spec.md 8.1). */
function inputsOf({ id: _id, ...inputs }: StepInputs): StepInputs {
  if (!Object.hasOwn(inputs, 'commands') || Object.hasOwn(inputs, 'runCommand')) return inputs;
  const { commands, ...rest } = inputs;
  return { ...rest, runCommand: commands };
}

/** Keywords of schema 2.2, which would have no effect here. */
export function laterKeywords({ inputs, path }: { inputs: StepInputs; path: Path }): Violation[] {
  return FLOW_KEYWORDS.filter((keyword) => Object.hasOwn(inputs, keyword)).map((keyword) => ({
    ...violation([...path, keyword], 'is a keyword of schema 2.2, and this document is of schema 1.2'),
    half: 'key' as const,
  }));
}
