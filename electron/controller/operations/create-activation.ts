import { createHash, randomBytes } from 'node:crypto';
import { v4 } from 'uuid';
import { ActivationId } from '../../../agent/protocol/ids.ts';
import type { Activation, ActivationDraft } from '../../domain/activation.ts';
import type { Context } from './context.ts';

/** 160 random bits as hexadecimal: long enough that a plain hash protects it. */
const CODE_BYTES = 20;

export const activationCodeHash = (code: string): string => createHash('sha256').update(code).digest('hex');

/** The code is in the answer and nowhere else: only its hash is stored. */
export function createActivation(
  { stores, clock, changes }: Pick<Context, 'stores' | 'clock' | 'changes'>,
  draft: ActivationDraft,
): { activation: Activation; activationCode: string } {
  const now = clock.now();
  const activationCode = randomBytes(CODE_BYTES).toString('hex');
  const activation: Activation = {
    activationId: ActivationId.parse(v4()),
    description: draft.description,
    defaultInstanceName: draft.defaultInstanceName,
    registrationLimit: draft.registrationLimit,
    registrationsCount: 0,
    createdAt: now,
    expiresAt: new Date(now.getTime() + draft.validHours * 3_600_000),
    tags: draft.tags,
  };
  stores.activations.insert(activation, activationCodeHash(activationCode));
  changes.publish({ kind: 'activation', activationId: activation.activationId });
  return { activation, activationCode };
}
