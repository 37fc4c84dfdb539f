import { Failure } from '../protocol/failures.ts';

// Primary result codes, https://sqlite.org/rescode.html.
const BUSY = 5;
const READ_ONLY = 8;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const DAMAGED: readonly number[] = [CORRUPT, NOT_A_DATABASE, CANNOT_OPEN];
const REFUSED: readonly number[] = [FULL, INPUT_OUTPUT, READ_ONLY];

/** What SQLite threw, as a Failure where a person can do something about it. */
export function sqliteFailure(error: unknown, file: string): unknown {
  const code = primaryCode(error);
  if (code === null || !(error instanceof Error)) return error;
  if (DAMAGED.includes(code)) return new Failure('E-AGENT-DATABASE', { file, cause: error.message }, { cause: error });
  if (REFUSED.includes(code)) return new Failure('E-DISK', { cause: error.message }, { cause: error });
  return error;
}

export function isBusy(error: unknown): boolean {
  return primaryCode(error) === BUSY;
}

function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}
