import { describe, expect, test } from 'vitest';
import { checkOrder } from '../../../agent/runner/order-check.ts';
import { A_NODE, anOrder, TestSigner } from '../../builders/run-order.ts';

const signer = new TestSigner();
const site = { signingKey: signer.publicKey, nodeId: A_NODE };

describe('an order', () => {
  test('of this site and for this node is genuine', () => {
    const order = anOrder({ script: 'echo ü' });
    expect(checkOrder(signer.sign(order), site)).toEqual({ verdict: 'genuine', order });
  });

  test('that another key signed is forged', () => {
    expect(checkOrder(new TestSigner().sign(anOrder()), site)).toMatchObject({ verdict: 'forged', failure: { code: 'E-SIGNATURE' } });
  });

  test('that was changed after it was signed is forged, be it by one blank', () => {
    const signed = signer.sign(anOrder());
    expect(checkOrder({ ...signed, order: `${signed.order} ` }, site).verdict).toBe('forged');
    expect(checkOrder({ ...signed, order: signed.order.replace('true', 'reboot') }, site).verdict).toBe('forged');
  });

  test.each(['', 'AAAA', '????'])('with the signature %j is forged', (signature) => {
    expect(checkOrder({ ...signer.sign(anOrder()), signature }, site).verdict).toBe('forged');
  });

  test('for another node is not for this one', () => {
    const order = anOrder({ nodeId: 'mi-ffffffffffffffff0' });
    expect(checkOrder(signer.sign(order), site)).toMatchObject({
      verdict: 'unfit',
      executionId: order.executionId,
      failure: { code: 'E-ORDER-OTHER-NODE' },
    });
  });

  test('that this agent does not understand is refused, and it says where', () => {
    const order = anOrder();
    const odd = signer.signText(JSON.stringify({ ...order, document: { ...order.document, schemaVersion: '9.9' } }));
    expect(checkOrder(odd, site)).toMatchObject({
      verdict: 'unfit',
      executionId: order.executionId,
      failure: { code: 'E-ORDER-INVALID', message: expect.stringContaining('document.schemaVersion') },
    });
  });

  test.each(['', '{', '[]', 'null', '"run"'])('that is the signed text %j is refused without an execution', (text) => {
    expect(checkOrder(signer.signText(text), site)).toMatchObject({ verdict: 'unfit', executionId: null });
  });
});
