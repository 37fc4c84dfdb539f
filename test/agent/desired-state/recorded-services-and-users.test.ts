import { describe, expect, test } from 'vitest';
import { macUsers, windowsUsers } from '../../../agent/desired-state/other-users.ts';
import { launchdServices, openrcServices, systemdServices, windowsServices } from '../../../agent/desired-state/service-backends.ts';
import { keyName, wantedKeys } from '../../../agent/desired-state/user-plan.ts';
import { ServiceInputs } from '../../../agent/document/desired-service-inputs.ts';
import { UserInputs } from '../../../agent/document/desired-user-inputs.ts';
import { aCommandLine, anAnswer, planned } from './an-answer.ts';

const service = (inputs: Record<string, unknown>) => ServiceInputs.parse({ name: 'ssh', ...inputs });
const RUNNING = { state: 'running', startup: 'enabled' };
const GONE = { state: 'stopped', startup: 'disabled' };

describe('systemd', () => {
  const shown = (load: string, active: string, file: string) => `LoadState=${load}\nActiveState=${active}\nUnitFileState=${file}\n`;

  test('starts and enables, stops and disables, in the right order', () => {
    expect(planned(systemdServices, service(RUNNING), [shown('loaded', 'inactive', 'disabled')])).toEqual({
      changes: ['startup: disabled → enabled', 'state: inactive → running'],
      calls: ['systemctl enable -- ssh', 'systemctl start -- ssh'],
    });
    expect(planned(systemdServices, service(GONE), [shown('loaded', 'active', 'enabled')]).calls).toEqual([
      'systemctl stop -- ssh',
      'systemctl disable -- ssh',
    ]);
    expect(planned(systemdServices, service(RUNNING), [shown('loaded', 'active', 'enabled')])).toEqual({ changes: [], calls: [] });
  });

  test('says that a service has failed, and starts it', () => {
    expect(planned(systemdServices, service({ state: 'running' }), [shown('loaded', 'failed', 'enabled')]).changes).toEqual([
      'state: failed → running',
    ]);
  });

  test('takes the mask off a service that is to run', () => {
    expect(planned(systemdServices, service(RUNNING), [shown('masked', 'inactive', 'masked')]).calls).toEqual([
      'systemctl unmask -- ssh',
      'systemctl enable -- ssh',
      'systemctl start -- ssh',
    ]);
    expect(planned(systemdServices, service({ state: 'stopped', startup: 'masked' }), [shown('loaded', 'active', 'static')]).calls).toEqual(
      ['systemctl stop -- ssh', 'systemctl mask -- ssh'],
    );
  });

  test('refuses to enable what is static, and to start what is not there', () => {
    expect(() => planned(systemdServices, service(RUNNING), [shown('loaded', 'active', 'static')])).toThrow('E-SERVICE-FIXED');
    expect(planned(systemdServices, service(RUNNING), [shown('not-found', 'inactive', '')]).refusal).toContain(
      'E-SERVICE-UNKNOWN: systemd knows no service ssh.',
    );
    expect(planned(systemdServices, service(GONE), [shown('not-found', 'inactive', '')]).changes).toEqual([]);
  });
});

// In the form of Alpine 3.19.
test('OpenRC adds a service to its default run level', () => {
  const answers = [anAnswer(' * status: stopped\n', { exitCode: 3 }), '            crond | default\n          chronyd | default\n'];
  expect(planned(openrcServices, service(RUNNING), answers).calls).toEqual(['rc-update add ssh default', 'rc-service ssh start']);
  const unknown = anAnswer('', { exitCode: 1, stderr: " * rc-service: service `ssh' does not exist\n" });
  expect(planned(openrcServices, service(RUNNING), [unknown, '']).refusal).toContain('E-SERVICE-UNKNOWN');
});

// In the form of macOS 13; before it the second has `=> true` for what is disabled.
test('launchd is read by its print, in the words of either release', () => {
  const printed =
    'system/com.openssh.sshd = {\n\tactive count = 1\n\tpath = /System/Library/LaunchDaemons/ssh.plist\n\ttype = LaunchDaemon\n\tstate = running\n\n\tprogram = /usr/libexec/sshd-keygen-wrapper\n}\n';
  const inputs = ServiceInputs.parse({ name: 'com.openssh.sshd', ...RUNNING });
  for (const word of ['disabled', 'true']) {
    const disabled = `\n\tdisabled services = {\n\t\t"com.apple.ftpd" => ${word}\n\t\t"com.openssh.sshd" => ${word}\n\t}\n`;
    expect(planned(launchdServices, inputs, [printed, disabled, ''])).toEqual({
      changes: ['startup: disabled → enabled'],
      calls: ['launchctl enable system/com.openssh.sshd'],
    });
  }
  const missing = anAnswer('', { exitCode: 113, stderr: 'Bad request.\nCould not find service "com.openssh.sshd" in domain for system\n' });
  expect(planned(launchdServices, inputs, [missing, '', '/Library/LaunchDaemons/com.openssh.sshd.plist\n']).calls).toEqual([
    'launchctl bootstrap system /Library/LaunchDaemons/com.openssh.sshd.plist',
  ]);
});

test('Windows is asked by PowerShell, to which a name is never a script', () => {
  const inputs = ServiceInputs.parse({ name: 'wuauserv', ...RUNNING });
  const { changes, calls } = windowsServices.plan(inputs, [anAnswer('{"State":"Stopped","StartMode":"Disabled"}\r\n')]);
  expect(changes.map(({ before, after }) => `${before} → ${after}`)).toEqual(['disabled → enabled', 'stopped → running']);
  expect(calls.every((call) => call.environment?.HOLDFAST_NAME === 'wuauserv' && !aCommandLine(call).includes('wuauserv'))).toBe(true);
  expect(planned(windowsServices, inputs, ['']).refusal).toContain('E-SERVICE-UNKNOWN');
});

const user = (inputs: Record<string, unknown>) => UserInputs.parse({ name: 'ada', ...inputs });

// In the form of macOS: a value with spaces stands on a line of its own.
test('a user of macOS is read from its record, and changed property by property', () => {
  const shown = 'NFSHomeDirectory: /Users/ada\nRealName:\n Ada Lovelace\nUniqueID: 501\nUserShell: /bin/zsh\n';
  const found = macUsers.read('ada', [anAnswer(shown), anAnswer('staff\n'), anAnswer('staff everyone localaccounts\n')]);
  expect(found).toMatchObject({ uid: 501, home: '/Users/ada', comment: 'Ada Lovelace', groups: ['everyone', 'localaccounts'] });
  expect(macUsers.plan(found, user({ shell: '/bin/bash', groups: ['admin'], comment: 'Ada Lovelace' })).calls.map(aCommandLine)).toEqual([
    'dscl . -create /Users/ada UserShell /bin/bash',
    'dseditgroup -o edit -a ada -t user admin',
  ]);
  const missing = anAnswer('', { exitCode: 56, stderr: '<dscl_cmd> DS Error: -14136 (eDSRecordNotFound)\n' });
  expect(macUsers.read('ada', [missing, missing, missing])).toBeNull();
  expect(() => macUsers.plan(found, user({ passwordHash: '$6$x$y' }))).toThrow('E-NOT-SUPPORTED');
});

test('a user of Windows is changed by cmdlets, and what they cannot do is refused', () => {
  const found = windowsUsers.read('ada', [anAnswer('{"Enabled":true,"FullName":"Ada","Groups":"Users"}\r\n')]);
  expect(found).toMatchObject({ comment: 'Ada', groups: ['Users'], isLocked: false });
  const { calls } = windowsUsers.plan(found, user({ locked: true, groups: ['Administrators'] }));
  expect(calls.map(({ environment }) => environment?.HOLDFAST_VALUE ?? 'alone')).toEqual(['Administrators', 'alone']);
  expect(() => windowsUsers.plan(found, user({ shell: '/bin/sh' }))).toThrow('E-NOT-SUPPORTED');
});

describe('authorized keys', () => {
  const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHlcmFuZG9t ada@desk';

  test('a key with another comment or other options is the same key, and replaced', () => {
    const found = wantedKeys(`# keys\nfrom="10.0.0.1" ${KEY} old\n`, [KEY], false);
    expect(found.text).toBe(`# keys\n${KEY}\n`);
    expect([found.added, found.removed]).toEqual([[KEY], [`from="10.0.0.1" ${KEY} old`]]);
  });

  test('a file that is right stays byte for byte', () => {
    const text = `${KEY}\n\n# end without a line end`;
    expect(wantedKeys(text, [KEY], true).text).toBe(text);
  });

  test('a key is told by its type, its end and its comment', () => {
    expect(keyName(KEY)).toBe('ssh-ed25519 …AIHlcmFuZG9t ada@desk');
  });
});
