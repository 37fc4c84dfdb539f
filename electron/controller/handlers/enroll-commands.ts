import type { Activation } from '../../domain/activation.ts';
import { Fault } from '../../domain/faults.ts';

/** What a person may type as the controller's address: a host name or an IP address. It ends up in a command that is pasted into a shell. */
const ADDRESS = /^([A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]{2,45}\]?)$/;

type CommandInput = { address: string; port: number; activation: Activation; activationCode: string; caFingerprint: string };

/** The line to run on the machine, where holdfast-agent.mjs was copied to. Nothing in it needs quoting. */
export function enrollCommands(input: CommandInput): { posix: string; powershell: string } {
  const { address, port, activation, activationCode, caFingerprint } = input;
  if (!ADDRESS.test(address)) {
    throw new Fault(
      'ValidationException',
      { problems: ['The address is a host name or an IP address, without a port.'] },
      { places: [{ field: 'address' }] },
    );
  }
  const host = address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
  const enroll =
    `node holdfast-agent.mjs enroll --controller ${host}:${port} --activation-id ${activation.activationId} ` +
    `--activation-code ${activationCode} --ca-fingerprint sha256:${caFingerprint}`;
  // A machine of its own, unlike this computer's agents: a step that asks for a restart gets one.
  const run = 'node holdfast-agent.mjs run --restart-machine';
  return { posix: `${enroll} && ${run}`, powershell: `${enroll}; if ($?) { ${run} }` };
}
