import * as z from 'zod';
import { ComplianceSeverity, ComplianceStatus, complianceFrom, ItemSeverity, SyncCompliance } from '../../electron/domain/compliance.ts';
import { resourceSummary, typeSummary } from '../../electron/domain/compliance-summary.ts';
import { TargetStatus } from '../../electron/domain/execution.ts';
import { vectorGroup } from './vector-group.ts';

const Items = z.array(z.object({ status: ComplianceStatus, severity: ItemSeverity }));

const complianceFromStatus = vectorGroup({
  name: 'complianceFromStatus',
  row: z.object({
    targetStatus: TargetStatus,
    complianceSeverity: ComplianceSeverity.nullish().transform((severity) => severity ?? null),
    syncCompliance: SyncCompliance.nullish().transform((sync) => sync ?? null),
    expect: z.unknown(),
  }),
  check: ({ targetStatus, expect: expected, ...settings }) => ({
    expected,
    got: complianceFrom({ status: targetStatus, driftCount: null }, settings),
  }),
});

const ofResource = vectorGroup({
  name: 'resourceSummary',
  row: z.object({ items: Items, resourceSummary: z.unknown() }),
  check: ({ items, resourceSummary: expected }) => ({ expected, got: resourceSummary(items) }),
});

const ofType = vectorGroup({
  name: 'typeSummary',
  row: z.object({ resources: z.array(Items), typeSummary: z.unknown() }),
  check: ({ resources, typeSummary: expected }) => ({ expected, got: typeSummary(resources) }),
});

export const complianceGroups = [complianceFromStatus, ofResource, ofType];
