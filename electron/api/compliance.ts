import * as z from 'zod';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { ComplianceItem, ComplianceStatus } from '../domain/compliance.ts';
import { call, PageInput, pageOf } from './call.ts';

export const ComplianceRow = z.object({ ...ComplianceItem.shape, nodeName: z.string() });
export type ComplianceRow = z.infer<typeof ComplianceRow>;

export const compliance = {
  /** Non-compliant first, then by severity, then oldest first. */
  items: call
    .input(
      z.strictObject({
        ...PageInput.shape,
        nodeId: NodeId.nullable(),
        associationId: AssociationId.nullable(),
        status: ComplianceStatus.nullable(),
      }),
    )
    .output(pageOf(ComplianceRow)),
};
