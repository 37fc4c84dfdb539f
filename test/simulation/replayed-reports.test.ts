import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { Report, SequencedReport } from '../../agent/protocol/reports.ts';
import type { DocumentStatus } from '../../agent/protocol/status.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

const STATUSES: readonly DocumentStatus[] = ['Success', 'Failed', 'TimedOut', 'Cancelled'];
const NODES = 4;
const ASSOCIATIONS = 3;

type Batch = { nodeId: NodeId; reports: readonly SequencedReport[] };

const send = (site: SimulatedSite, batches: readonly Batch[]): void => {
  for (const { nodeId, reports } of batches) site.desk.reports(nodeId, { type: 'report', reports: [...reports] });
  site.desk.flush();
};

/**
 * A site whose agents are deaf: they have their orders and say nothing, so that a test says it for them. All orders are out, and
 * what each node is to say of them is known.
 */
function silentSite(statuses: readonly DocumentStatus[]) {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 10_000_000 }) });
  const nodes = site.addNodes(NODES);
  site.mute();
  for (let association = 0; association < ASSOCIATIONS; association += 1) site.save({ scheduleExpression: null });
  const executions = site.context.stores.executions.unfinished().map(({ executionId }) => executionId);
  const at = site.clock.now().toISOString();
  const said = nodes.map((nodeId, place): Batch => {
    const reports = executions.flatMap((executionId, number): Report[] => {
      const status = statuses[(place * executions.length + number) % statuses.length]!;
      const step = { executionId, stepIndex: 0, attempt: 1 };
      const nothing = { bytes: 0, droppedBytes: 0, head: '' };
      const exit = { status: 'Success', exitCode: 0 } as const;
      return [
        { kind: 'execution-started', executionId, at },
        { kind: 'step-started', ...step, at },
        { kind: 'step-finished', ...step, startedAt: at, at, result: exit, stdout: nothing, stderr: nothing },
        { kind: 'execution-finished', executionId, at, status },
      ];
    });
    return { nodeId, reports: reports.map((report, number) => ({ sequence: number + 1, report })) };
  });
  return { site, said };
}

/** Cuts what a node says into batches that follow one another; some of them, and what came before, are said again. */
const saying = fc.array(fc.record({ node: fc.nat(NODES - 1), upTo: fc.integer({ min: 1, max: 12 }), from: fc.nat(11) }), {
  minLength: 1,
  maxLength: 40,
});
const statuses = fc.array(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: NODES * ASSOCIATIONS });

function batchesOf(said: readonly Batch[], cuts: readonly { node: number; upTo: number; from: number }[]): Batch[] {
  const told = said.map(() => 0);
  const batches: Batch[] = [];
  for (const { node, upTo, from } of cuts) {
    const { nodeId, reports } = said[node]!;
    // A node never leaves one out: it begins at or before what it said last.
    const begin = Math.min(from, told[node]!);
    const end = Math.max(begin + 1, Math.min(upTo, reports.length));
    batches.push({ nodeId, reports: reports.slice(begin, end) });
    told[node] = Math.max(told[node]!, end);
  }
  for (const [node, { nodeId, reports }] of said.entries()) {
    if (told[node]! < reports.length) batches.push({ nodeId, reports: reports.slice(told[node]!) });
  }
  return batches;
}

test('in whatever pieces, order among nodes, and however often reports come: the end is the same as when they come once', () => {
  void fc.assert(
    fc.property(statuses, saying, fc.boolean(), (ends, cuts, isOneCommit) => {
      const plain = silentSite(ends);
      send(plain.site, plain.said);
      const cut = silentSite(ends);
      const batches = batchesOf(cut.said, cuts);
      if (isOneCommit) send(cut.site, batches);
      else for (const batch of batches) send(cut.site, [batch]);
      expect(cut.site.statuses()).toEqual(plain.site.statuses());
      plain.site.remove();
      cut.site.remove();
    }),
    { numRuns: 15, seed: 20_260_303 },
  );
});

test('reports that come again after everything has ended change nothing at all', () => {
  void fc.assert(
    fc.property(statuses, saying, (ends, cuts) => {
      const { site, said } = silentSite(ends);
      send(site, said);
      const before = site.contents();
      site.advance({ hours: 30 });
      // As they were, under their old numbers; and said anew, as an agent does that is ordered what it has done.
      for (const batch of batchesOf(said, cuts)) send(site, [batch]);
      expect(site.contents()).toEqual(before);
      send(
        site,
        said.map(({ nodeId, reports }) => ({
          nodeId,
          reports: reports.map(({ sequence, report }) => ({ sequence: sequence + 100, report })),
        })),
      );
      expect(site.contents()).toEqual(before);
      site.remove();
    }),
    { numRuns: 10, seed: 20_260_304 },
  );
});

test('a final status stays, whatever a node says of the run later', () => {
  const { site, said } = silentSite(['Failed']);
  send(site, said);
  const before = site.statuses();
  const otherwise = said.map(({ nodeId, reports }) => ({
    nodeId,
    reports: reports.map(({ sequence, report }) => ({
      sequence: sequence + 100,
      report: report.kind === 'execution-finished' ? { ...report, status: 'Success' as const } : report,
    })),
  }));
  send(site, otherwise);
  expect(site.statuses()).toEqual(before);
});
