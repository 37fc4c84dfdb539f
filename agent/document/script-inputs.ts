import * as z from 'zod';
import {
  type ActionDeclaration,
  DEFAULT_TIMEOUT_SECONDS,
  everywhere,
  type Fit,
  flowFits,
  flowInputs,
  listFit,
  numberFit,
  PlainText,
  TimeoutSeconds,
  textFit,
} from './action-declaration.ts';
import { strictMap } from './violation.ts';

const VariableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable');

/** Of both script actions, after interpolation: what the agent works with (spec.md 8.9, flow keywords 6.5). */
export const ScriptInputs = strictMap({
  runCommand: z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(PlainText)),
  timeoutSeconds: TimeoutSeconds.default(DEFAULT_TIMEOUT_SECONDS),
  workingDirectory: PlainText.optional(),
  environment: z.record(VariableName, z.union([PlainText, z.number(), z.boolean()], 'must be text').transform(String)).default({}),
  ...flowInputs,
});
export type ScriptInputs = z.infer<typeof ScriptInputs>;

const fits: Record<keyof ScriptInputs, Fit> = {
  runCommand: listFit,
  timeoutSeconds: numberFit,
  workingDirectory: textFit,
  environment: { whole: ['StringMap'], entry: ['String', 'Integer', 'Boolean'] },
  ...flowFits,
};

export const runShellScript: ActionDeclaration<ScriptInputs> = {
  platforms: ['Linux', 'MacOS'],
  inputs: ScriptInputs,
  fits,
  canCheck: false,
  scripts: { runCommand: 'shell' },
};

export const runPowerShellScript: ActionDeclaration<ScriptInputs> = {
  platforms: everywhere,
  inputs: ScriptInputs,
  fits,
  canCheck: false,
  scripts: { runCommand: 'powershell' },
};

/** What 2.x calls `runCommand` may be called `commands` in schema 1.2 (spec.md 8.1). */
export function linesOfScript(inputs: Record<string, unknown>): Record<string, unknown> {
  if (!Object.hasOwn(inputs, 'commands') || Object.hasOwn(inputs, 'runCommand')) return inputs;
  const { commands, ...rest } = inputs;
  return { ...rest, runCommand: commands };
}
