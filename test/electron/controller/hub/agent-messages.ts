import { FromAgent } from '../../../../agent/protocol/messages.ts';
import { PROTOCOL_VERSION } from '../../../../agent/protocol/version.ts';

const at = '2027-03-01T10:00:00.000Z';
const executionId = '018f3a3e-0000-7000-8000-000000000001';
const facts = {
  platformType: 'Linux',
  platformName: 'Debian GNU/Linux',
  platformVersion: '12',
  architecture: 'x86_64',
  computerName: 'lab-07',
  ipAddress: '10.0.0.7',
};

/** One valid message of each type. A type that is missing here does not compile. */
const samples: Record<FromAgent['type'], object> = {
  hello: { type: 'hello', protocolVersion: PROTOCOL_VERSION, agentVersion: '0.1.0', facts, bootId: 'boot-1', at, outboxDepth: 0 },
  heartbeat: { type: 'heartbeat', at },
  report: { type: 'report', reports: [{ sequence: 1, report: { kind: 'execution-started', executionId, at } }] },
  output: { type: 'output', executionId, stepIndex: 0, attempt: 1, stream: 'stdout', offset: 0, base64: 'aGVsbG8=' },
  refresh: { type: 'refresh', executionId, stepIndex: 0, associationIds: [] },
  renewal: { type: 'renewal', csr: '-----BEGIN CERTIFICATE REQUEST-----' },
};

/** Every type that the schema has. */
export const messageTypes: readonly FromAgent['type'][] = FromAgent.options.map((option) => option.shape.type.value);

export function sampleMessage(type: FromAgent['type'], changes: object = {}): string {
  const message = { ...samples[type], ...changes };
  return JSON.stringify(message);
}

/** What a hub that does not look at certificates would take for a message. */
export function validMessage(type: FromAgent['type']): string {
  return JSON.stringify(FromAgent.parse(samples[type]));
}
