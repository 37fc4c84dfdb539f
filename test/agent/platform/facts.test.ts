import { describe, expect, test } from 'vitest';
import { bootId, machineFacts, primaryAddress, releaseOf } from '../../../agent/platform/facts.ts';
import { PlatformFacts } from '../../../agent/protocol/messages.ts';

test('the facts of this machine are such as the wire takes', () => {
  const facts = PlatformFacts.parse(machineFacts());
  expect(facts.computerName).not.toBe('');
  expect(facts.architecture).not.toBe('');
});

test('the boot has an id that stays the same', () => {
  expect(bootId()).not.toBe('');
  expect(bootId()).toBe(bootId());
});

describe('an os-release file', () => {
  test('names the distribution and its version, with or without quotes', () => {
    expect(releaseOf('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\n')).toEqual({
      name: 'Debian GNU/Linux',
      version: '12',
    });
    expect(releaseOf("NAME=Fedora\nVERSION_ID='43'\n")).toEqual({ name: 'Fedora', version: '43' });
  });

  test('of a rolling distribution has no version, and a missing one no name', () => {
    expect(releaseOf('NAME="Arch Linux"\n')).toEqual({ name: 'Arch Linux', version: '' });
    expect(releaseOf('')).toEqual({ name: 'Linux', version: '' });
  });
});

describe('the address of a machine', () => {
  const loopback = { address: '127.0.0.1', family: 'IPv4', internal: true, netmask: '', mac: '', cidr: null } as const;
  const linkLocal = { address: 'fe80::1', family: 'IPv6', internal: false, netmask: '', mac: '', cidr: null, scopeid: 2 } as const;
  const global = { ...linkLocal, address: '2001:db8::7' } as const;
  const lan = { ...loopback, address: '10.0.0.7', internal: false } as const;

  test('is one by which others reach it, IPv4 first', () => {
    expect(primaryAddress({ lo: [loopback], eth0: [linkLocal, global, lan] })).toBe('10.0.0.7');
    expect(primaryAddress({ lo: [loopback], eth0: [linkLocal, global] })).toBe('2001:db8::7');
  });

  test('is the loopback address when it has no other, and empty when it has none', () => {
    expect(primaryAddress({ lo: [loopback] })).toBe('127.0.0.1');
    expect(primaryAddress({})).toBe('');
  });
});
