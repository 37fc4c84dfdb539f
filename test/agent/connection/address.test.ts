import { describe, expect, test } from 'vitest';
import { addressText, parseAddress } from '../../../agent/connection/address.ts';

describe('the address of a controller', () => {
  test.each([
    ['lab-server', { host: 'lab-server', port: 8443 }],
    ['lab-server:9000', { host: 'lab-server', port: 9000 }],
    ['10.0.0.7:443', { host: '10.0.0.7', port: 443 }],
    ['[2001:db8::7]', { host: '2001:db8::7', port: 8443 }],
    ['[2001:db8::7]:9000', { host: '2001:db8::7', port: 9000 }],
  ])('%s is understood', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
    expect(parseAddress(addressText(address))).toEqual(address);
  });

  test.each(['', ':8443', 'a:b', 'host:0', 'host:70000', 'https://host', 'a b', '2001:db8::7', 'user@host', 'host/path'])(
    '%j is none',
    (text) => {
      expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'E-ARGUMENTS' }));
    },
  );
});
