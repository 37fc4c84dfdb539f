import type { DocumentContent } from './document.ts';
import {
  attempted,
  type ParameterLookup,
  type Resolved,
  referencesIn,
  resolved,
  resolvedItem,
  resolvedMap,
  resolvedText,
} from './parameter-references.ts';
import type { ParameterDefinitions } from './parameters.ts';

/** Of a run, what can refer: the values of parameters, defaults, and the inputs of steps. */
export interface ReferringRun {
  readonly document: DocumentContent;
  /** As associations send them: every value is a list of strings. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
}

/** A run as a node gets it. The list that a value travels in makes it no list: of a parameter that is a String, a StringList is refused. */
export function resolveRunReferences(
  { document, parameters }: ReferringRun,
  lookup: ParameterLookup,
): Resolved<{ document: DocumentContent; parameters: Record<string, string[]> }> {
  return attempted(() => ({
    document: { ...document, parameters: resolvedDefaults(document.parameters, lookup), mainSteps: resolvedSteps(document, lookup) },
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, texts]) => [name, resolvedTexts(typeOf(document.parameters, name), texts, lookup)]),
    ),
  }));
}

function resolvedSteps({ mainSteps }: DocumentContent, lookup: ParameterLookup): DocumentContent['mainSteps'] {
  return mainSteps.map(({ moreInputs, ...step }) => ({
    ...step,
    inputs: resolvedMap(step.inputs, lookup),
    ...(moreInputs === undefined ? {} : { moreInputs: moreInputs.map((inputs) => resolvedMap(inputs, lookup)) }),
  }));
}

function resolvedDefaults(definitions: ParameterDefinitions, lookup: ParameterLookup): DocumentContent['parameters'] {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => {
      return [name, definition.default === undefined ? definition : { ...definition, default: resolved(definition.default, lookup) }];
    }),
  );
}

function typeOf(definitions: ParameterDefinitions, name: string): string | undefined {
  return Object.hasOwn(definitions, name) ? definitions[name]?.type : undefined;
}

function resolvedTexts(type: string | undefined, texts: readonly string[], lookup: ParameterLookup): string[] {
  if (type === 'StringList') return texts.flatMap((text) => resolvedItem(text, lookup)).map(String);
  const isJson = type === 'StringMap' || type === 'MapList';
  return texts.map((text) => (isJson ? resolvedJson(text, lookup) : resolvedText(text, lookup)));
}

/** Inside the JSON, so that what is stored cannot end a text in it. */
function resolvedJson(text: string, lookup: ParameterLookup): string {
  if (referencesIn(text).length === 0) return text;
  const value = jsonOf(text);
  return value === undefined ? resolvedText(text, lookup) : JSON.stringify(resolved(value, lookup));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A reference that stands for the whole map is no JSON itself.
    return undefined;
  }
}
