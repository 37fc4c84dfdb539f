import { takeInstanceLock } from '../../../../electron/controller/store/instance-lock.ts';

/** Takes the lock and keeps it until somebody kills it. */
const lock = takeInstanceLock(process.argv[2] ?? '');
process.stdout.write(lock === null ? 'refused\n' : 'held\n');
setInterval(() => lock, 60_000);
