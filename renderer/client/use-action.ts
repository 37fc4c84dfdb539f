import { useState } from 'react';
import { useController } from './connection-context.ts';
import type { FaultData } from './fault.ts';
import { faultFrom, ownFaults } from './fault.ts';
import type { Client } from './line.ts';

export type Outcome<Answer> = { ok: true; answer: Answer } | { ok: false; fault: FaultData };

export type ActionState = { status: 'idle' } | { status: 'pending' } | { status: 'fault'; fault: FaultData };

export interface Action<Input, Answer> {
  readonly state: ActionState;
  readonly isPending: boolean;
  readonly fault: FaultData | null;
  /** Never throws. A second call while one is pending is not made. */
  run(input: Input): Promise<Outcome<Answer>>;
  clear(): void;
}

const idle: ActionState = { status: 'idle' };

/** Something that changes the site: one at a time, with what went wrong kept until the next try. */
export function useAction<Input, Answer>(act: (client: Client, input: Input) => Promise<Answer>): Action<Input, Answer> {
  const { connection } = useController();
  const [state, setState] = useState<ActionState>(idle);

  async function run(input: Input): Promise<Outcome<Answer>> {
    const { client } = connection;
    const outcome = client === null ? { ok: false as const, fault: ownFaults.notConnected } : await attempt(client, input);
    setState(outcome.ok ? idle : { status: 'fault', fault: outcome.fault });
    return outcome;
  }

  async function attempt(client: Client, input: Input): Promise<Outcome<Answer>> {
    if (state.status === 'pending') return { ok: false, fault: ownFaults.notConnected };
    setState({ status: 'pending' });
    try {
      return { ok: true, answer: await act(client, input) };
    } catch (error) {
      return { ok: false, fault: connection.client === client ? faultFrom(error) : ownFaults.lostMeanwhile };
    }
  }

  return {
    state,
    isPending: state.status === 'pending',
    fault: state.status === 'fault' ? state.fault : null,
    run,
    clear: () => setState(idle),
  };
}
