import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { NodeId } from '../../agent/protocol/ids.ts';
import { RunOrder } from '../../agent/protocol/run-order.ts';

export const A_NODE = NodeId.parse('mi-0123456789abcdef0');

type StepSettings = {
  script?: string | string[];
  action?: string;
  name?: string;
  precondition?: unknown;
  inputs?: Record<string, unknown>;
  moreInputs?: Record<string, unknown>[];
};

export interface OrderSettings {
  readonly schemaVersion?: '1.2' | '2.0' | '2.2';
  readonly steps?: readonly StepSettings[];
  readonly script?: string | string[];
  readonly parameters?: Record<string, unknown>;
  readonly values?: Record<string, string[]>;
  readonly nodeId?: string;
  readonly executionId?: string;
  readonly expiresAt?: string;
  readonly sealed?: RunOrder['sealed'];
  readonly streamCapBytes?: number;
}

/** An order for A_NODE: of one step that runs `script`, unless `steps` says otherwise. */
export function anOrder(settings: OrderSettings = {}): RunOrder {
  const { script = 'true', steps = [{ script }], parameters = {}, values = {} } = settings;
  const mainSteps = steps.map(
    ({ action = 'aws:runShellScript', name, precondition, inputs, moreInputs, script: lines = 'true' }, position) => ({
      action,
      name: name ?? `step${position + 1}`,
      ...(precondition === undefined ? {} : { precondition }),
      inputs: { ...(action === 'aws:refreshAssociation' ? {} : { runCommand: [lines].flat() }), ...inputs },
      ...(moreInputs === undefined ? {} : { moreInputs }),
    }),
  );
  return RunOrder.parse({
    kind: 'run',
    nodeId: settings.nodeId ?? A_NODE,
    executionId: settings.executionId ?? randomUUID(),
    associationId: '0192a1b2-0000-7000-8000-00000000000a',
    associationVersion: 1,
    documentName: 'Test-Document',
    documentVersion: 1,
    document: { schemaVersion: settings.schemaVersion ?? '2.2', parameters, mainSteps },
    parameters: values,
    ...(settings.streamCapBytes === undefined ? {} : { streamCapBytes: settings.streamCapBytes }),
    ...(settings.sealed === undefined ? {} : { sealed: settings.sealed }),
    issuedAt: '2026-03-01T00:00:00Z',
    expiresAt: settings.expiresAt ?? '2030-01-01T00:00:00Z',
  });
}

/** A site's signing key, and what is signed with it. */
export class TestSigner {
  readonly publicKey: KeyObject;
  readonly #privateKey: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  get publicKeyPem(): string {
    return this.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  sign(order: RunOrder): { order: string; signature: string } {
    return this.signText(JSON.stringify(order));
  }

  signText(order: string): { order: string; signature: string } {
    return { order, signature: sign(null, Buffer.from(order), this.#privateKey).toString('base64') };
  }
}
