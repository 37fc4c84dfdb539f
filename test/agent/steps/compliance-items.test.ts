import { expect, test } from 'vitest';
import type { ControllerDesk } from '../../../agent/steps/action.ts';
import { putItems } from '../../../agent/steps/compliance-items.ts';
import { aScriptContext } from './script-context.ts';

test('of items with one id, the one that is not as it should be is told, whichever comes last', async () => {
  const asked: unknown[] = [];
  const controller: ControllerDesk = {
    ask(question) {
      asked.push(question);
      return Promise.resolve(null);
    },
    fetchBlob: () => Promise.resolve(false),
    isReachable: () => Promise.resolve(true),
  };
  const item = (isCompliant: boolean) => ({ id: '[File]x', title: 'x', severity: 'HIGH' as const, isCompliant, details: {} });
  await putItems({ complianceType: 'Custom:DSC', items: [item(true), item(false), item(true)] }, aScriptContext({ controller }));
  expect(asked).toMatchObject([{ upload: { Items: [{ Id: '[File]x', Status: 'NON_COMPLIANT' }] } }]);
});
