import path from 'node:path';

export interface ScriptFacts {
  readonly nodeId: string;
  readonly siteName: string;
  readonly platformName: string;
  readonly platformVersion: string;
  readonly executionId: string;
  readonly associationId: string;
}

// Without these, programs on Windows do not start or do not find their own files.
const WINDOWS_VARIABLES = [
  'SystemRoot',
  'SystemDrive',
  'windir',
  'ComSpec',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'ProgramData',
  'ProgramFiles',
  'ProgramFiles(x86)',
  'PSModulePath',
  'PROCESSOR_ARCHITECTURE',
];

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The agent's own environment, of which a step gets almost nothing: it may hold what only the agent may know. */
export type OwnEnvironment = Readonly<NodeJS.Dict<string>>;

/** What every script finds in its environment: the few variables that programs need, and spec.md 8.4's. */
export function scriptEnvironment(own: OwnEnvironment, facts: ScriptFacts): Record<string, string> {
  return {
    ...systemVariables(own),
    AWS_SSM_INSTANCE_ID: facts.nodeId,
    AWS_SSM_REGION_NAME: facts.siteName,
    AWS_SSM_PLATFORM_NAME: facts.platformName,
    AWS_SSM_PLATFORM_VERSION: facts.platformVersion,
    SSM_COMMAND_ID: facts.executionId,
    HOLDFAST_ASSOCIATION_ID: facts.associationId,
  };
}

function systemVariables(own: OwnEnvironment): Record<string, string> {
  const searched = searchPath(own);
  if (process.platform === 'win32') {
    const kept = WINDOWS_VARIABLES.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]]));
    return { ...Object.fromEntries(kept), PATH: searched };
  }
  return { PATH: searched, LANG: own.LANG ?? 'C.UTF-8', HOME: own.HOME ?? '/' };
}

/** Absolute folders only, and none that a package manager put there to start the agent: a step finds what its machine has. */
function searchPath(own: OwnEnvironment): string {
  const given = own.PATH ?? own.Path ?? DEFAULT_PATH;
  const folders = given.split(path.delimiter).filter((folder) => path.isAbsolute(folder) && !folder.includes('node_modules'));
  return folders.length === 0 ? DEFAULT_PATH : folders.join(path.delimiter);
}
