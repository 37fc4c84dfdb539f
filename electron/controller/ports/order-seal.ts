import type { SealedSecret } from '../../../agent/protocol/sealed-secret.ts';

/** Seals a secret for the holder of one key; `belongsTo` is what it is sealed to (sealedFor in agent/protocol/sealed-secret.ts). */
export type OrderSeal = (secret: string, recipient: { publicKeyPem: string; belongsTo: string }) => SealedSecret;
