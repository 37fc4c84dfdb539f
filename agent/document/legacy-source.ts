import * as z from 'zod';
import { FLOW_KEYWORDS } from './action-inputs.ts';
import { DocumentContent, type Step, StepInputs } from './document.ts';
import { namedInputs } from './input-names.ts';
import { DeclaredParameters } from './parameters.ts';
import type { Path } from './path.ts';
import { isLegacySchema } from './schema-version.ts';
import { tolerantMap } from './violation.ts';

/** As one text, they are for an action that takes its settings so (aws:cloudWatch). */
const Properties = z.union([StepInputs, z.array(StepInputs).min(1), z.string()], 'must be a map, or a list of maps');

const Plugin = tolerantMap({ properties: Properties });

/** A document of schema 1.2 as an author writes it: plugins by name, each with the properties of one run or of several. */
export const LegacySource = tolerantMap({
  schemaVersion: z.preprocess((version) => (isLegacySchema(String(version)) ? '1.2' : version), z.literal('1.2')),
  description: DocumentContent.shape.description,
  parameters: DeclaredParameters,
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
    const [inputs = {}, ...moreInputs] = (isList ? properties : [properties]).map((part) => inputsOf(action, part));
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

/** `id` numbers the runs and is no input. Keywords of schema 2.2 have no effect here, as ignored-keys.ts says. */
function inputsOf(action: string, properties: StepInputs | string): StepInputs {
  if (typeof properties === 'string') return { properties };
  const inputs = Object.entries(properties).filter(([name]) => name !== 'id' && !FLOW_KEYWORDS.includes(name));
  return namedInputs(action, Object.fromEntries(inputs));
}
