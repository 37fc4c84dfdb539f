import * as z from 'zod';
import { brokenDocumentRules } from '../../agent/document/document-rules.ts';
import { environmentFor, interpolate } from '../../agent/document/interpolation.ts';
import type { ParameterLookup } from '../../agent/document/parameter-references.ts';
import { resolveParameterReferences } from '../../agent/document/parameter-references.ts';
import { brokenRules, ParameterDefinition, type ParameterValues } from '../../agent/document/parameters.ts';
import { interpolateStepInputs } from '../../agent/document/step-inputs.ts';
import type { FaultCode } from '../../electron/domain/faults.ts';
import { vectorGroup } from './vector-group.ts';

/** Values as they are once they are known: of any type that a parameter has. */
const Values: z.ZodType<ParameterValues> = z.record(z.string(), z.any());

const substitution = vectorGroup({
  name: 'substitution',
  row: z.object({ template: z.unknown(), parameters: Values.default({}), expected: z.unknown() }),
  check: ({ template, parameters, expected }) => ({ expected, got: interpolate(template, parameters) }),
});

const Store = z.record(z.string(), z.object({ type: z.enum(['String', 'StringList', 'SecureString']), value: z.string() }));

/** A store that has no versions of its own has every version that is asked for. */
function lookupIn(store: z.output<typeof Store>): ParameterLookup {
  return ({ name, version }) => store[version === null ? name : `${name}:${version}`] ?? store[name] ?? null;
}

/** Which of our reasons a sentence means; null for one that says nothing of them. */
function meantBy(error: string): string | null {
  if (/SecureString/i.test(error)) return 'SECURE_STRING';
  if (/StringList/i.test(error)) return 'STRING_LIST';
  return /unknown|not found|no such|does not exist|missing|no parameter/i.test(error) ? 'UNKNOWN' : null;
}

const parameterStore = vectorGroup({
  name: 'parameterStore',
  row: z.object({
    template: z.unknown(),
    parameters: Values.optional(),
    expected: z.unknown().optional(),
    /** In other words than ours: what counts is what it is about. */
    error: z.string().optional(),
  }),
  check({ template, parameters, expected, error }, { file }) {
    const resolved = resolveParameterReferences(template, lookupIn(Store.parse(file.store ?? {})));
    if (error !== undefined) {
      const meant = meantBy(error);
      const got = resolved.ok ? { value: resolved.value } : { refused: meant === null ? error : resolved.code };
      return { expected: { refused: meant ?? error }, got };
    }
    if (!resolved.ok) return { expected: { value: expected }, got: { refused: resolved.problem } };
    const value = parameters === undefined ? resolved.value : interpolate(resolved.value, parameters);
    return { expected: { value: expected }, got: { value } };
  },
});

const SCRIPT_ACTIONS = { Linux: 'aws:runShellScript', MacOS: 'aws:runShellScript', Windows: 'aws:runPowerShellScript' } as const;

const environment = vectorGroup({
  name: 'environment',
  row: z.object({
    platform: z.enum(['Linux', 'MacOS', 'Windows']),
    script: z.string(),
    parameter: ParameterDefinition.extend({ name: z.string(), value: z.any() }),
    expectEnv: z.record(z.string(), z.string()).optional(),
    expectScript: z.unknown().optional(),
    /** The document is refused when it is created. */
    error: z.string().optional(),
    expectedError: z.string().optional(),
    valid: z.boolean().optional(),
  }),
  check({ platform, script, parameter: { name, value, ...definition }, expectEnv, expectScript, ...row }) {
    const definitions = { [name]: definition };
    const step = { action: SCRIPT_ACTIONS[platform], name: 'run', inputs: { runCommand: [script] } };
    const isRefused = row.valid === false || row.error !== undefined || row.expectedError !== undefined;
    const broken = brokenDocumentRules({ schemaVersion: '2.2', parameters: definitions, mainSteps: [step] });
    if (isRefused) return { expected: 'refused', got: broken.length > 0 ? 'refused' : 'accepted' };
    if (broken.length > 0) return { expected: 'accepted', got: broken.map(({ message }) => message) };
    const values = { [name]: value };
    const inputs = interpolateStepInputs(step, { definitions, values });
    const lines = Array.isArray(inputs.runCommand) && inputs.runCommand.length === 1 ? inputs.runCommand[0] : inputs.runCommand;
    return {
      expected: { ...(expectEnv === undefined ? {} : { env: expectEnv }), ...(expectScript === undefined ? {} : { script: expectScript }) },
      got: {
        ...(expectEnv === undefined ? {} : { env: environmentFor(definitions, values) }),
        ...(expectScript === undefined ? {} : { script: lines }),
      },
    };
  },
});

/** What an association with such a value is refused as. */
const VALUE_ERROR: FaultCode = 'InvalidParameters';

const validation = vectorGroup({
  name: 'validation',
  row: z.object({
    definition: ParameterDefinition,
    value: z.unknown(),
    valid: z.boolean(),
    violations: z.array(z.string()).default([]),
    apiError: z.string().optional(),
  }),
  check({ definition, value, valid, violations, apiError }) {
    const codes = brokenRules(definition, value).map(({ code }) => code);
    return {
      expected: { valid, violations: violations.toSorted(), apiError },
      got: {
        valid: codes.length === 0,
        violations: codes.toSorted(),
        apiError: codes.length === 0 || apiError === undefined ? undefined : VALUE_ERROR,
      },
    };
  },
});

export const interpolationGroups = [substitution, parameterStore, environment, validation];
