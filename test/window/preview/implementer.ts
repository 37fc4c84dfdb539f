import { implement } from '@orpc/server';
import { contract } from '../../../electron/api/contract.ts';
import { Fault } from '../../../electron/domain/faults.ts';
import type { World } from './world.ts';

export const os = implement(contract)
  .$context<{ world: World }>()
  .use(async ({ errors, next }) => {
    try {
      return await next();
    } catch (cause) {
      const fault = cause instanceof Fault ? cause : new Fault('E-INTERNAL', { reference: 'preview' });
      if (!(cause instanceof Fault)) console.error(cause);
      throw errors.FAULT({ data: { code: fault.code, title: fault.message, remedy: fault.remedy, places: [...fault.places] } });
    }
  });

export const inOrder = <Row>(rows: Row[], of: (row: Row) => string | number, order: 'ascending' | 'descending'): Row[] =>
  rows.sort((a, b) => (of(a) < of(b) ? -1 : 1) * (order === 'ascending' ? 1 : -1));
