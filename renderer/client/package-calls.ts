import type { ChangePattern } from './change-match.ts';
import type { Inputs, Outputs } from './question.ts';
import { call } from './question.ts';

/** Who uses a package is known from associations and documents. */
const usedBy: readonly ChangePattern[] = [{ kind: 'package' }, { kind: 'association' }, { kind: 'document' }];

export const packages = {
  list: (input: Inputs['packages']['list']) =>
    call<Outputs['packages']['list']>({
      name: 'packages.list',
      input,
      on: usedBy,
      ask: (client, options) => client.packages.list(input, options),
    }),
  get: (name: string) =>
    call({ name: 'packages.get', input: name, on: usedBy, ask: (client, options) => client.packages.get({ name }, options) }),
  usage: () =>
    call({ name: 'packages.usage', on: [{ kind: 'package' }], ask: (client, options) => client.packages.usage(undefined, options) }),
};
