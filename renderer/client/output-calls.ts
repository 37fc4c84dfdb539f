import { call } from './question.ts';

/** How much output is kept, and where it is copied to. */
export const outputs = {
  retention: () =>
    call({
      name: 'outputs.retention',
      on: [{ kind: 'site' }, { kind: 'execution' }],
      ask: (client, options) => client.outputs.retention(undefined, options),
    }),
  freeable: (olderThanDays: number) =>
    call({
      name: 'outputs.freeable',
      input: olderThanDays,
      on: [{ kind: 'site' }, { kind: 'execution' }],
      ask: (client, options) => client.outputs.freeable({ olderThanDays }, options),
    }),
  destinations: () =>
    call({
      name: 'outputs.destinations',
      on: [{ kind: 'output-destination' }, { kind: 'association' }],
      ask: (client, options) => client.outputs.destinations(undefined, options),
    }),
};
