import type { ManagedNode } from '../../electron/domain/node.ts';
import { isClockOff } from '../../electron/domain/node.ts';
import { durationText } from '../ui/moment.ts';

const DAY_MS = 24 * 3_600_000;
/** Agents renew at two thirds of 60 days; a certificate with less left than this was not renewed in time. */
const EXPIRY_WARNING_DAYS = 14;

export const platformName = ({ platformName: name, platformVersion }: Pick<ManagedNode, 'platformName' | 'platformVersion'>): string =>
  [name, platformVersion].filter((part) => part !== '').join(' ');

/** `12 s ahead`, `3 min 05 s behind`, or that it is right. */
export function clockText(offsetSeconds: number | null): string {
  if (offsetSeconds === null) return 'Not known yet';
  if (Math.abs(offsetSeconds) < 2) return 'Right';
  return `${durationText(Math.abs(offsetSeconds) * 1000)} ${offsetSeconds > 0 ? 'ahead' : 'behind'}`;
}

export type NodeWarning = { kind: 'clock'; text: string } | { kind: 'certificate'; text: string };

/** What somebody should look at on a node besides its associations. */
export function warningsOf(node: Pick<ManagedNode, 'clockOffsetSeconds' | 'certificateExpiresAt' | 'name'>, now: Date): NodeWarning[] {
  const warnings: NodeWarning[] = [];
  if (isClockOff(node)) {
    warnings.push({
      kind: 'clock',
      text: `The clock of ${node.name} is ${clockText(node.clockOffsetSeconds)}. Times that it reports are off by as much, and its schedules run at the wrong moment: set its clock or turn time sync on.`,
    });
  }
  const left = node.certificateExpiresAt.getTime() - now.getTime();
  if (left <= 0) {
    warnings.push({ kind: 'certificate', text: 'Its certificate has expired, so it cannot connect. Enroll the machine again.' });
  } else if (left < EXPIRY_WARNING_DAYS * DAY_MS) {
    warnings.push({
      kind: 'certificate',
      text: `Its certificate expires in ${Math.ceil(left / DAY_MS)} days. The agent renews it when it is connected; if it stays away longer, the machine has to be enrolled again.`,
    });
  }
  return warnings;
}
