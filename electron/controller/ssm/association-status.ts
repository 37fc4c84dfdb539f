import * as z from 'zod';
import { LegacyStatus } from '../../domain/legacy-status.ts';
import { setLegacyStatus } from '../operations/set-legacy-status.ts';
import { associationByPair } from './association-choice.ts';
import { newestDescription } from './association-description.ts';
import { Timestamp } from './members.ts';
import { operation } from './operation.ts';

const { name, message, additionalInfo } = LegacyStatus.shape;
const StatusRequest = z.strictObject({
  Name: z.string(),
  InstanceId: z.string(),
  AssociationStatus: z.strictObject({
    Date: Timestamp,
    Name: name,
    Message: message,
    AdditionalInfo: additionalInfo.unwrap().optional(),
  }),
});

export const updateAssociationStatus = operation(StatusRequest, (context, { AssociationStatus: given, ...pair }) => {
  const association = associationByPair(context, pair);
  const status = { date: given.Date, name: given.Name, message: given.Message, additionalInfo: given.AdditionalInfo ?? null };
  setLegacyStatus(context, association.associationId, status);
  return { AssociationDescription: newestDescription(context, association) };
});
