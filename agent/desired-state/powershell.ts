import type { Call } from './plan.ts';

/**
 * A script of ours for Windows PowerShell. What comes from a document is in the environment, which PowerShell does not evaluate; a
 * failure anywhere ends it with exit code 1.
 */
export const powerShell = (script: string, environment: Readonly<Record<string, string>> = {}): Call => ({
  program: 'powershell',
  argumentList: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', `$ErrorActionPreference = 'Stop'; ${script}`],
  environment,
});
