import type { ExecutionPageQuery } from '../../../../electron/controller/store/execution-pages.ts';

/** A page of all executions, unless filters are given. */
export const anExecutionQuery = (settings: Partial<ExecutionPageQuery> = {}): ExecutionPageQuery => ({
  executionId: null,
  associationId: null,
  associationVersion: null,
  nodeId: null,
  status: null,
  trigger: null,
  createdAt: null,
  createdAfter: null,
  createdBefore: null,
  offset: 0,
  limit: 100,
  ...settings,
});
