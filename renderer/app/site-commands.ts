import { IconBellRinging, IconHistory, IconShieldCheck } from '@tabler/icons-react';
import { address } from '../routes.ts';
import { lastHours, lastNight } from '../terms/execution-query.ts';

/** What ran, and what holds runs back. */
export function siteCommands(goTo: (address: string) => void, now: Date) {
  const failed = { status: 'Failed', ...lastHours(24, now) };
  return [
    {
      id: 'last-night',
      label: 'Executions of last night',
      description: '18:00 to 07:00',
      icon: IconHistory,
      run: () => goTo(address.executions(lastNight(now))),
    },
    {
      id: 'failed-today',
      label: 'Failed executions of the last 24 hours',
      icon: IconHistory,
      run: () => goTo(address.executions(failed)),
    },
    { id: 'alarms', label: 'Alarms: raise, clear or add one', icon: IconBellRinging, run: () => goTo(address.settings()) },
    { id: 'confirm-limit', label: 'Limit for confirmations', icon: IconShieldCheck, run: () => goTo(address.settings()) },
  ];
}
