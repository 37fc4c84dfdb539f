import { Failure } from '../protocol/failures.ts';

export interface ControllerAddress {
  readonly host: string;
  readonly port: number;
}

export const DEFAULT_HUB_PORT = 8443;

/** `host`, `host:port`, `[IPv6]` or `[IPv6]:port`. */
export function parseAddress(text: string): ControllerAddress {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/?#@[\]]+))(?::(\d{1,5}))?$/.exec(text.trim()) ?? [];
  const host = bracketed ?? plain;
  const number = port === undefined ? DEFAULT_HUB_PORT : Number(port);
  if (host === undefined || number < 1 || number > 65_535) {
    throw new Failure('E-ARGUMENTS', { problem: `${JSON.stringify(text)} is not the address of a controller, such as lab-server:8443.` });
  }
  return { host, port: number };
}

/** As it stands in a URL or a message. */
export function addressText({ host, port }: ControllerAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
