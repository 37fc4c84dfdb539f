import { Fault } from '../../domain/faults.ts';
import { newestDescription } from '../ssm/association-description.ts';
import { creationRequest, readAssociation } from '../ssm/association-text.ts';
import { callSsm } from '../ssm/call-ssm.ts';
import { os } from './implementer.ts';

export const ssmHandlers = {
  call: os.ssm.call.handler(({ context: { site }, input }) => ({ ...callSsm(site.context, input.operation, input.request) })),
  written: os.ssm.written.handler(({ context: { site }, input: { associationId } }) => {
    const association = site.context.stores.associations.find(associationId);
    if (association === null) throw new Fault('AssociationDoesNotExist', { associationId });
    return { description: { ...newestDescription(site.context, association) }, creationRequest: { ...creationRequest(association) } };
  }),
  read: os.ssm.read.handler(({ context: { site }, input }) => readAssociation(site.context, input.text)),
};
