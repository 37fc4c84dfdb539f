import path from 'node:path';

/** The program, and what it is told about scripts that nobody signed. */
export function powerShell(environment: Readonly<Record<string, string>>): { program: string; policy: readonly string[] } {
  if (process.platform !== 'win32') return { program: 'pwsh', policy: [] };
  const program = path.win32.join(environment.SystemRoot ?? 'C:\\Windows', 'System32\\WindowsPowerShell\\v1.0\\powershell.exe');
  return { program, policy: ['-ExecutionPolicy', 'Unrestricted'] };
}
