import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { FaultWords } from './fault-notice.tsx';

const closeButtonProps = { 'aria-label': 'Dismiss' };

/** Something that was asked for is done. Polite: it never interrupts what is being read out. */
export function tellDone(message: string): void {
  notifications.show({
    message,
    role: 'status',
    icon: <IconCheck size={16} aria-hidden />,
    autoClose: 4000,
    closeButtonProps,
    'data-kind': 'done',
  });
}

/** Something that was asked for was refused, where there is no better place on screen to say so. */
export function tellFault(fault: FaultWords): void {
  notifications.show({
    title: fault.title,
    message: `${fault.remedy} (${fault.code})`,
    role: 'alert',
    icon: <IconAlertTriangle size={16} aria-hidden />,
    autoClose: false,
    closeButtonProps,
    'data-kind': 'fault',
  });
}
