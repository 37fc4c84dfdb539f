import { callSsm } from '../ssm/call-ssm.ts';
import { os } from './implementer.ts';

export const ssmHandlers = {
  call: os.ssm.call.handler(({ context: { site }, input }) => ({ ...callSsm(site.context, input.operation, input.request) })),
};
