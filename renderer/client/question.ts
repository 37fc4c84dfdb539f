import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '../../electron/api/contract.ts';
import type { ChangePattern } from './change-match.ts';
import type { Client } from './line.ts';
import type { Call } from './reading.ts';

export type Inputs = InferContractRouterInputs<Contract>;
export type Outputs = InferContractRouterOutputs<Contract>;

/** As the contract has it, with the ids branded: they are matched with those of change notices. */
export type Filtered<Input, Ids> = Omit<Input, keyof Ids> & Ids;

interface Options {
  signal: AbortSignal;
}

interface Question<Answer> {
  name: string;
  input?: unknown;
  on: readonly ChangePattern[];
  ask(client: Client, options: Options): Promise<Answer>;
}

/** A question that a screen asks, with the changes that make its answer old. */
export const call = <Answer>({ name, input, on, ask }: Question<Answer>): Call<Answer> => ({
  key: `${name} ${input === undefined ? '' : JSON.stringify(input)}`,
  on,
  ask: (client, signal) => ask(client, { signal }),
});
