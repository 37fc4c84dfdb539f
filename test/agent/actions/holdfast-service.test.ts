import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdfastService } from '../../../agent/actions/holdfast-service.ts';
import { ServiceInputs } from '../../../agent/document/desired-service-inputs.ts';
import { aScriptContext } from '../steps/script-context.ts';

const name = `holdfast-test-${process.pid}`;
const initFile = `/etc/init.d/${name}`;
const pidFile = `/run/${name}.pid`;

/** A service of the kind that a machine without systemd has: a real process, started and stopped by its script. */
const INIT_SCRIPT = `#!/bin/sh
### BEGIN INIT INFO
# Provides:          ${name}
# Required-Start:
# Required-Stop:
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: a service of a test
### END INIT INFO
case "$1" in
  start) start-stop-daemon --start --quiet --background --make-pidfile --pidfile ${pidFile} --startas /bin/sleep -- 1000 ;;
  stop) start-stop-daemon --stop --oknodo --quiet --remove-pidfile --pidfile ${pidFile} --retry 2 ;;
  status) start-stop-daemon --status --pidfile ${pidFile} ;;
esac
`;

const hasInitScripts =
  process.getuid?.() === 0 && existsSync('/etc/init.d') && existsSync('/usr/sbin/update-rc.d') && !existsSync('/run/systemd/system');
const run = (inputs: Record<string, unknown>) => holdfastService.run(ServiceInputs.parse({ name, ...inputs }), aScriptContext());
const check = (inputs: Record<string, unknown>) => holdfastService.check(ServiceInputs.parse({ name, ...inputs }), aScriptContext());
const links = () =>
  execFileSync('find', ['/etc', '-maxdepth', '2', '-name', `???${name}`])
    .toString()
    .split('\n')
    .filter(Boolean)
    .sort();

describe.skipIf(!hasInitScripts)('holdfast:service on a machine without systemd', () => {
  beforeAll(() => writeFileSync(initFile, INIT_SCRIPT, { mode: 0o755 }));
  afterAll(() => {
    execFileSync('service', [name, 'stop']);
    rmSync(initFile);
    execFileSync('update-rc.d', [name, 'remove']);
  });

  test('says what it would do, and does it neither now nor for the next start', async () => {
    expect(await check({ state: 'running', startup: 'enabled' })).toEqual({
      kind: 'checked',
      drift: [
        { resource: `service ${name}`, property: 'startup', before: 'disabled', after: 'enabled' },
        { resource: `service ${name}`, property: 'state', before: 'stopped', after: 'running' },
      ],
    });
    expect([existsSync(pidFile), links()]).toEqual([false, []]);
  });

  test('starts and enables a service, which outlives the step, and is done the second time', async () => {
    expect(await run({ state: 'running', startup: 'enabled' })).toMatchObject({ kind: 'exited', changes: [{}, {}] });
    expect(process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toBe(true);
    expect(links()).toContain(`/etc/rc2.d/S01${name}`);
    expect(await run({ state: 'running', startup: 'enabled' })).toEqual({ kind: 'exited', exitCode: 0 });
  });

  test('stops and disables it again', async () => {
    expect(await run({ state: 'stopped', startup: 'disabled' })).toMatchObject({
      changes: [
        { property: 'startup', before: 'enabled', after: 'disabled' },
        { property: 'state', before: 'running', after: 'stopped' },
      ],
    });
    expect(existsSync(pidFile)).toBe(false);
    expect(links().some((file) => file.includes('/S'))).toBe(false);
  });

  test('cannot mask one there, and says so', async () => {
    expect(await run({ startup: 'masked' })).toMatchObject({
      reason: expect.stringContaining('E-NOT-SUPPORTED: Masking a service is not possible with init.d'),
    });
  });

  test('fails for one that there is not, unless it shall not run anyway', async () => {
    expect(await run({ name: 'no-such-service', state: 'running' })).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('E-SERVICE-UNKNOWN: init.d knows no service no-such-service.'),
    });
    expect(await run({ name: 'no-such-service', state: 'stopped', startup: 'disabled' })).toEqual({ kind: 'exited', exitCode: 0 });
  });
});

test.each(['-x', '../x', 'a b', 'a;b', 'a*', ''])('takes no name such as %j', (bad) => {
  expect(ServiceInputs.safeParse({ name: bad, state: 'running' }).success).toBe(false);
});
