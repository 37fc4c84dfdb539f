import * as z from 'zod';
import type { ServiceInputs } from '../document/desired-service-inputs.ts';
import { type Answer, type Backend, type Call, call, fieldsOf, linesOf } from './plan.ts';
import { powerShell } from './powershell.ts';
import { type ServiceFacts, servicePlan } from './service-plan.ts';

type ServiceBackend = Backend<ServiceInputs>;

const RUNNING = ['active', 'reloading', 'activating'];

export const systemdServices: ServiceBackend = {
  name: 'systemd',
  look: ({ name }) => [call('systemctl', 'show', '--no-pager', '--property=LoadState,ActiveState,UnitFileState', '--', name)],
  plan(inputs, [shown]) {
    const one = (verb: string): Call[] => [call('systemctl', verb, '--', inputs.name)];
    const verbs = {
      start: one('start'),
      stop: one('stop'),
      enable: one('enable'),
      disable: one('disable'),
      mask: one('mask'),
      unmask: one('unmask'),
    };
    return servicePlan(inputs, systemdFacts(shown), { verbs, by: 'systemd' });
  },
};

function systemdFacts(shown: Answer | undefined): ServiceFacts | null {
  const fields = fieldsOf(shown?.stdout ?? '', '=');
  const [load, active = 'unknown', file = ''] = ['LoadState', 'ActiveState', 'UnitFileState'].map((name) => fields.get(name));
  if (load === undefined || load === 'not-found') return null;
  return { isRunning: RUNNING.includes(active), state: RUNNING.includes(active) ? 'running' : active, startup: systemdStartup(load, file) };
}

function systemdStartup(load: string, file: string): ServiceFacts['startup'] {
  if (load === 'masked' || file.startsWith('masked')) return 'masked';
  if (file === 'enabled' || file === 'disabled') return file;
  // Until the next start of the machine alone, which is not what is wanted.
  if (file === 'enabled-runtime') return 'disabled';
  return 'fixed';
}

const RC_FOLDERS = ['2', '3', '4', '5'].map((level) => `/etc/rc${level}.d`);

export const sysvServices: ServiceBackend = {
  name: 'init.d',
  look: ({ name }) => [
    call('find', '/etc/init.d', ...RC_FOLDERS, '-maxdepth', '1', '(', '-name', name, '-o', '-name', `S[0-9][0-9]${name}`, ')'),
    call('service', name, 'status'),
  ],
  plan(inputs, [found, status]) {
    const { name } = inputs;
    const files = linesOf(found?.stdout ?? '');
    const isEnabled = files.some((file) => RC_FOLDERS.some((folder) => file.startsWith(`${folder}/`)));
    const isRunning = status?.exitCode === 0;
    const facts: ServiceFacts = { isRunning, state: isRunning ? 'running' : 'stopped', startup: isEnabled ? 'enabled' : 'disabled' };
    const verbs = {
      start: [call('service', name, 'start')],
      stop: [call('service', name, 'stop')],
      // `enable` alone does nothing for a service that has no links yet.
      enable: [call('update-rc.d', name, 'defaults'), call('update-rc.d', name, 'enable')],
      disable: [call('update-rc.d', name, 'disable')],
      mask: null,
      unmask: [],
    };
    return servicePlan(inputs, files.includes(`/etc/init.d/${name}`) ? facts : null, { verbs, by: 'init.d' });
  },
};

export const openrcServices: ServiceBackend = {
  name: 'OpenRC',
  look: ({ name }) => [call('rc-service', name, 'status'), call('rc-update', 'show', 'default')],
  plan(inputs, [status, shown]) {
    const { name } = inputs;
    const isUnknown = /does not exist/.test(`${status?.stdout} ${status?.stderr}`);
    const isEnabled = linesOf(shown?.stdout ?? '').some((line) => line.split('|')[0]?.trim() === name);
    const isRunning = status?.exitCode === 0;
    const facts: ServiceFacts = { isRunning, state: isRunning ? 'running' : 'stopped', startup: isEnabled ? 'enabled' : 'disabled' };
    const verbs = {
      start: [call('rc-service', name, 'start')],
      stop: [call('rc-service', name, 'stop')],
      enable: [call('rc-update', 'add', name, 'default')],
      disable: [call('rc-update', 'del', name, 'default')],
      mask: null,
      unmask: [],
    };
    return servicePlan(inputs, isUnknown ? null : facts, { verbs, by: 'OpenRC' });
  },
};

export const launchdServices: ServiceBackend = {
  name: 'launchd',
  look: ({ name }) => [
    call('launchctl', 'print', `system/${name}`),
    call('launchctl', 'print-disabled', 'system'),
    call('ls', `/Library/LaunchDaemons/${name}.plist`),
  ],
  plan(inputs, [printed, disabled, file]) {
    const { name } = inputs;
    const isLoaded = printed?.exitCode === 0;
    const isRunning = isLoaded && /^\s*state = running$/m.test(printed.stdout);
    const isDisabled = linesOf(disabled?.stdout ?? '').some((line) => /=> (disabled|true)/.test(line) && line.includes(`"${name}"`));
    const facts: ServiceFacts = { isRunning, state: isRunning ? 'running' : 'stopped', startup: isDisabled ? 'disabled' : 'enabled' };
    const verbs = {
      start: isLoaded
        ? [call('launchctl', 'kickstart', `system/${name}`)]
        : [call('launchctl', 'bootstrap', 'system', `/Library/LaunchDaemons/${name}.plist`)],
      stop: [call('launchctl', 'bootout', `system/${name}`)],
      enable: [call('launchctl', 'enable', `system/${name}`)],
      disable: [call('launchctl', 'disable', `system/${name}`)],
      mask: null,
      unmask: [],
    };
    return servicePlan(inputs, isLoaded || file?.exitCode === 0 ? facts : null, { verbs, by: 'launchd' });
  },
};

const WindowsService = z.object({ State: z.string(), StartMode: z.string() });

export const windowsServices: ServiceBackend = {
  name: 'Windows',
  look: ({ name }) => [
    powerShell(
      `Get-CimInstance Win32_Service | Where-Object Name -eq $env:HOLDFAST_NAME | Select-Object State, StartMode | ConvertTo-Json -Compress`,
      { HOLDFAST_NAME: name },
    ),
  ],
  plan(inputs, [answer]) {
    const one = (script: string): Call[] => [powerShell(script, { HOLDFAST_NAME: inputs.name })];
    const verbs = {
      start: one('Start-Service -Name $env:HOLDFAST_NAME'),
      stop: one('Stop-Service -Name $env:HOLDFAST_NAME -Force'),
      enable: one('Set-Service -Name $env:HOLDFAST_NAME -StartupType Automatic'),
      disable: one('Set-Service -Name $env:HOLDFAST_NAME -StartupType Disabled'),
      mask: null,
      unmask: [],
    };
    return servicePlan(inputs, windowsFacts(answer), { verbs, by: 'Windows' });
  },
};

function windowsFacts(answer: Answer | undefined): ServiceFacts | null {
  const text = answer?.stdout.trim() ?? '';
  if (text === '') return null;
  const { State: state, StartMode: mode } = WindowsService.parse(JSON.parse(text));
  const isRunning = state === 'Running' || state === 'Start Pending';
  const startup = mode === 'Auto' ? 'enabled' : mode === 'Disabled' ? 'disabled' : 'fixed';
  return { isRunning, state: isRunning ? 'running' : state.toLowerCase(), startup };
}
