import { describe, expect, test } from 'vitest';
import { ActivationId } from '../../../../agent/protocol/ids.ts';
import type { Activation } from '../../../../electron/domain/activation.ts';
import { minutesOn, NOW } from './instants.ts';
import { temporaryStores } from './temporary-database.ts';

describe('an activation', () => {
  const anActivation = (number: number, createdAt = NOW): Activation => ({
    activationId: ActivationId.parse(`00000000-0000-4000-8000-00000000000${number}`),
    description: 'Room 12',
    defaultInstanceName: null,
    registrationLimit: 5,
    registrationsCount: 0,
    createdAt,
    expiresAt: minutesOn(60),
    tags: [{ key: 'room', value: '12' }],
  });

  test('comes back with the hash of its code, and counts its registrations', () => {
    const { activations } = temporaryStores();
    const activation = anActivation(1);
    activations.insert(activation, 'hash');
    activations.countRegistration(activation.activationId);
    activations.countRegistration(activation.activationId);
    const counted = { ...activation, registrationsCount: 2 };
    expect(activations.find(activation.activationId)).toEqual({ activation: counted, codeHash: 'hash', deletedAt: null });
  });

  test('that is deleted is known, and in no list', () => {
    const { activations } = temporaryStores();
    const [older, newer, deleted] = [anActivation(1), anActivation(2, minutesOn(1)), anActivation(3)];
    for (const activation of [older, newer, deleted]) activations.insert(activation, 'hash');
    activations.delete(deleted.activationId, minutesOn(2));
    expect(activations.list()).toEqual([newer, older]);
    expect(activations.find(deleted.activationId)?.deletedAt).toEqual(minutesOn(2));
  });
});
