import * as z from 'zod';

/**
 * What Electron's main process and the controller's process say to each other, and no one else: the window's calls travel on ports
 * of their own, which main hands over and never reads.
 */

/** Numbered by the controller, so that answers may come in any order. */
const RequestNumber = z.number().int().nonnegative();

/** Base64, because both ends treat it as bytes that nobody looks into. */
const SealedOrSecret = z.base64();

export const VaultAnswer = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), bytes: SealedOrSecret }),
  z.strictObject({ ok: z.literal(false), problem: z.string() }),
]);
export type VaultAnswer = z.infer<typeof VaultAnswer>;

export const ToController = z.discriminatedUnion('kind', [
  /** Exactly one port travels with it: a window's. */
  z.strictObject({ kind: z.literal('window') }),
  z.strictObject({ kind: z.literal('vault-answer'), request: RequestNumber, answer: VaultAnswer }),
  z.strictObject({ kind: z.literal('stop') }),
]);
export type ToController = z.infer<typeof ToController>;

/** What the tray shows of the controller. */
export const ControllerStatus = z.strictObject({ sentence: z.string().max(500), health: z.enum(['fine', 'working', 'attention']) });
export type ControllerStatus = z.infer<typeof ControllerStatus>;

/** Why the controller cannot run until a person has acted: a fault's own words. */
export const Refusal = z.strictObject({ code: z.string(), title: z.string(), remedy: z.string() });
export type Refusal = z.infer<typeof Refusal>;

export const FromController = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), hubPort: z.number().int() }),
  z.strictObject({ kind: z.literal('status'), status: ControllerStatus }),
  z.strictObject({ kind: z.literal('seal'), request: RequestNumber, secret: SealedOrSecret }),
  z.strictObject({ kind: z.literal('unseal'), request: RequestNumber, sealed: SealedOrSecret }),
  z.strictObject({ kind: z.literal('refused'), refusal: Refusal }),
]);
export type FromController = z.infer<typeof FromController>;

/** Which vault main offers; without the computer's key store the controller falls back to file modes, and says so in its log. */
export const OfferedVault = z.enum(['safe-storage', 'none']);
export type OfferedVault = z.infer<typeof OfferedVault>;
