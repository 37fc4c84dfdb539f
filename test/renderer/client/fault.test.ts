import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { faultFrom } from '../../../renderer/client/fault.ts';

test('a refusal is the controller’s own words', () => {
  const data = { code: 'InvalidTarget', title: 'No.', remedy: 'Do this.', places: [{ field: 'targets' }] };
  expect(faultFrom(new ORPCError('FAULT', { data }))).toEqual(data);
});

test('an answer that is no fault still says what to do', () => {
  const fault = faultFrom(new ORPCError('INTERNAL_SERVER_ERROR'));
  expect(fault.code).toBe('E-CALL-INTERNAL_SERVER_ERROR');
  expect(fault.remedy).not.toBe('');
});

test('no answer at all is a fault of the connection, with what is known of it', () => {
  expect(faultFrom(new TypeError('socket gone'))).toMatchObject({ code: 'E-CONNECTION', places: [] });
  expect(faultFrom(new TypeError('socket gone')).title).toContain('socket gone');
});
