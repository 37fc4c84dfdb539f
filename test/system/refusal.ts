import { ORPCError } from '@orpc/client';
import { FaultData } from '../../electron/api/call.ts';

/** What a window is told when the call is refused. */
export async function refusal(call: Promise<unknown>): Promise<FaultData> {
  const thrown = await call.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(thrown instanceof ORPCError)) throw new Error(`the call was not refused: ${String(thrown)}`, { cause: thrown });
  return FaultData.parse(thrown.data);
}
