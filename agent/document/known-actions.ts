import { everywhere, type Fit, flagFit as flag, textFit as text } from './action-declaration.ts';
import { ActionName, actionNames, declarationOf } from './action-inputs.ts';
import type { DocumentContent } from './document.ts';
import type { ParameterType } from './parameter-value.ts';
import type { PlatformType } from './precondition.ts';

export interface KnownAction {
  readonly platforms: readonly PlatformType[];
  readonly fits: Readonly<Record<string, Fit>>;
}

const windows: readonly PlatformType[] = ['Windows'];

const texts = (...inputs: string[]): Record<string, Fit> => Object.fromEntries(inputs.map((input) => [input, text]));

/** The actions of spec.md 8.9 that documents may use although this version does not run them. */
const NOT_RUN_HERE: Readonly<Record<string, KnownAction>> = {
  'aws:updateSsmAgent': { platforms: everywhere, fits: { ...texts('agentName', 'source', 'targetVersion'), allowDowngrade: flag } },
  'aws:updateAgent': { platforms: windows, fits: { ...texts('agentName', 'source', 'targetVersion'), allowDowngrade: flag } },
  'aws:configureDocker': { platforms: windows, fits: texts('action') },
  'aws:cloudWatch': { platforms: windows, fits: texts('properties') },
};

/** Null for an action that there is not. */
export function knownAction(action: string): KnownAction | null {
  const run = ActionName.safeParse(action);
  if (run.success) return declarationOf(run.data);
  return Object.hasOwn(NOT_RUN_HERE, action) ? (NOT_RUN_HERE[action] ?? null) : null;
}

export const knownActionNames = (): readonly string[] => [...actionNames, ...Object.keys(NOT_RUN_HERE)];

/** Where a token stands in an input: alone or inside text, and how many levels below the input itself. */
export interface TokenPlace {
  readonly kind: 'alone' | 'in-text';
  readonly depth: number;
}

/** Types of parameter that fit a place (spec.md 8.2): text around a token leaves only String. Null for an input that there is not. */
export function fittingTypes({ fits }: KnownAction, input: string, { kind, depth }: TokenPlace): readonly ParameterType[] | null {
  const fit = Object.hasOwn(fits, input) ? fits[input] : undefined;
  if (fit === undefined || depth > 1) return null;
  const alone = depth === 0 ? fit.whole : fit.entry;
  return kind === 'alone' ? alone : alone.filter((type) => type === 'String');
}

export const isRunHere = (action: string): boolean => ActionName.safeParse(action).success;

/** Whether the action can say what it would change, and change nothing. */
export function checks(action: string): boolean {
  const run = ActionName.safeParse(action);
  return run.success && declarationOf(run.data).canCheck;
}

/** Whether at least one step of the document can. */
export const canCheck = ({ mainSteps }: Pick<DocumentContent, 'mainSteps'>): boolean => mainSteps.some(({ action }) => checks(action));

/** Platforms on which at least one step of the document can run. */
export function platformsOf({ mainSteps }: Pick<DocumentContent, 'mainSteps'>): PlatformType[] {
  const found = new Set(mainSteps.flatMap(({ action }) => knownAction(action)?.platforms ?? []));
  return [...found].sort();
}
