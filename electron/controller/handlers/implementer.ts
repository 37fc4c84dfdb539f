import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../api/contract.ts';
import { Fault } from '../../domain/faults.ts';
import type { LocalFleet } from '../local-agents/local-fleet.ts';
import type { Context } from '../operations/context.ts';
import type { ChangeBroadcast } from '../ports/change-feed.ts';
import { faultData } from './fault-data.ts';

/** What the handlers have besides what operations have. */
export type Site = {
  context: Context;
  changes: ChangeBroadcast;
  localFleet: LocalFleet;
  /** Keeps output and history in bounds. */
  outputKeeper: { runAgain(): Promise<unknown> };
  facts: { version: string; dataFolder: string; hubPort: number; agentProgram: string };
};

type Issue = { message: string; path?: readonly PropertyKey[] };

const isIssues = (data: unknown): data is { issues: Issue[] } =>
  typeof data === 'object' && data !== null && 'issues' in data && Array.isArray(data.issues);

/** A call whose input does not parse is a fault on the fields that do not. */
function inputFault(error: ORPCError<string, unknown>): Fault | null {
  if (error.code !== 'BAD_REQUEST' || !isIssues(error.data)) return null;
  const places = error.data.issues.map(({ path = [] }) => ({ field: path.map(String).join('.') }));
  return new Fault('ValidationException', { problems: error.data.issues.map((issue) => issue.message) }, { places });
}

/** Where every handler starts: whatever is thrown reaches the window as a fault, or as a reference to the log. */
export const os = implement(contract)
  .$context<{ site: Site }>()
  .use(async ({ context, errors, next }) => {
    try {
      return await next();
    } catch (cause) {
      const refused = cause instanceof ORPCError ? inputFault(cause) : null;
      throw errors.FAULT({ data: faultData(refused ?? cause, context.site.context.log), cause });
    }
  });
