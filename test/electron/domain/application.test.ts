import { describe, expect, test } from 'vitest';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { ApplicationFacts, ApplicationPlan } from '../../../electron/domain/application.ts';
import { planApplication } from '../../../electron/domain/application.ts';

const nodeId = (number: number) => NodeId.parse(`mi-${String(number).padStart(17, '0')}`);
const members = (count: number) => Array.from({ length: count }, (_, i) => ({ nodeId: nodeId(i + 1), name: `lab-${i + 1}`, tags: [] }));

const facts = (settings: Partial<ApplicationFacts> = {}): ApplicationFacts => ({
  calendarState: 'OPEN',
  hasMissingCalendar: false,
  isAlarmRaised: false,
  settings: { applyOnlyAtCronInterval: false, maxConcurrency: null, maxErrors: null },
  trigger: 'Created',
  matching: members(3),
  onlyNodes: null,
  isConnected: () => true,
  busyNodes: new Set(),
  runningLimit: null,
  hasNextRun: false,
  exclusion: () => null,
  failure: null,
  ...settings,
});

const kinds = (plan: ApplicationPlan) =>
  plan.kind === 'nothing' ? plan.because : plan.targets.map((target) => (target.kind === 'skip' ? target.because : target.kind));

describe('an application', () => {
  test('opens no execution when no node matches', () => {
    expect(kinds(planApplication(facts({ matching: [] })))).toBe('no-node');
    expect(kinds(planApplication(facts({ onlyNodes: new Set([nodeId(9)]) })))).toBe('no-node');
  });

  test('skips a node that is not connected, and owes it the run', () => {
    const plan = planApplication(facts({ isConnected: (id) => id !== nodeId(2) }));
    expect(kinds(plan)).toEqual(['start', 'NodeOffline', 'start']);
    expect(plan.kind === 'execution' && plan.targets[1]).toMatchObject({ owed: { trigger: 'CatchUp', because: 'NodeOffline' } });
  });

  test('queues behind an older run of the same association on the same node', () => {
    expect(kinds(planApplication(facts({ busyNodes: new Set([nodeId(1)]) })))).toEqual(['queue', 'start', 'start']);
  });

  test('is recorded as skipped on every node while a calendar is closed, and owed only when a change made it', () => {
    const closed = { calendarState: 'CLOSED' as const };
    const edited = planApplication(facts({ ...closed, trigger: 'Edited' }));
    expect(kinds(edited)).toEqual(['CalendarClosed', 'CalendarClosed', 'CalendarClosed']);
    expect(edited.kind === 'execution' && edited.targets[0]).toMatchObject({ owed: { trigger: 'Edited', because: 'CalendarClosed' } });
    const fired = planApplication(facts({ ...closed, trigger: 'Schedule' }));
    expect(fired.kind === 'execution' && fired.targets[0]).toMatchObject({ because: 'CalendarClosed', owed: null });
  });

  test('takes its limits from all nodes that match, also when only some run', () => {
    const plan = planApplication(
      facts({ matching: members(50), onlyNodes: new Set([nodeId(7)]), settings: { ...facts().settings, maxConcurrency: '10%' } }),
    );
    expect(plan).toMatchObject({ limits: { concurrency: 5 }, targets: [{ nodeId: nodeId(7), kind: 'start' }] });
  });

  test('leaves nodes that join without a free slot to the next interval, or lets them wait when there is none', () => {
    const joining = {
      trigger: 'NodeMatched' as const,
      matching: members(6),
      onlyNodes: new Set([nodeId(4), nodeId(5), nodeId(6)]),
      busyNodes: new Set([nodeId(1), nodeId(2)]),
      runningLimit: 4,
    };
    expect(kinds(planApplication(facts({ ...joining, hasNextRun: true })))).toEqual(['start', 'start', 'ConcurrencyLimit']);
    expect(kinds(planApplication(facts({ ...joining, hasNextRun: false })))).toEqual(['start', 'start', 'start']);
  });
});
