import { createRouterClient, ORPCError } from '@orpc/server';
import { expect, test } from 'vitest';
import { FaultData } from '../../../../electron/api/call.ts';
import { router } from '../../../../electron/controller/handlers/router.ts';
import type { CalendarSave } from '../../../../electron/controller/operations/save-calendar.ts';
import { saveCalendar } from '../../../../electron/controller/operations/save-calendar.ts';
import { anAssociation } from '../../../builders/association.ts';
import { openSimulatedSite } from '../../../simulation/simulated-site.ts';

const event = {
  summary: 'Exams',
  isAdvisory: false,
  timeZone: 'UTC',
  startsAt: '2026-01-05T18:00',
  endsAt: '2026-01-05T19:00',
  weekdays: [1],
  until: null,
};
const inBerlin = { ...event, timeZone: 'Europe/Berlin' };
const EXAMS: CalendarSave = {
  name: 'Exams',
  documentVersion: null,
  change: { kind: 'create', type: 'DEFAULT_OPEN', description: '', event: inBerlin },
};
const page = { offset: 0, limit: 10 };

/** Right inputs of the calls that take more than an id; one part of each is then replaced by what is odd. */
const rightInputs = (nodeId: string, associationId: string): [string, object][] => [
  ['associations.save', { edit: { associationId, associationVersion: 1 }, draft: anAssociation(), tags: [{ key: 'a', value: 'b' }] }],
  ['associations.preview', { associationId, draft: anAssociation({ scheduleExpression: 'rate(1 hour)', calendarNames: ['Exams'] }) }],
  ['associations.startOnce', { associationIds: [associationId] }],
  ['calendars.draft', { name: 'Exams', change: { kind: 'create', type: 'DEFAULT_OPEN', description: '', event } }],
  ['calendars.save', { name: 'Exams', documentVersion: 1, change: { kind: 'remove-events', positions: [0] } }],
  [
    'calendars.save',
    {
      name: 'Exams',
      documentVersion: null,
      change: { kind: 'import', type: 'DEFAULT_OPEN', fileName: 'a.ics', text: 'x', timeZone: null },
    },
  ],
  ['calendars.agenda', { name: 'Exams', from: new Date('2026-03-01'), to: new Date('2026-03-02') }],
  ['calendars.agenda', { name: 'Exams', from: new Date(8.64e15 - 86_400_000), to: new Date(8.64e15) }],
  ['calendars.agenda', { name: 'Exams', from: new Date(-8.64e15), to: new Date(86_400_000 - 8.64e15) }],
  ['calendars.stateAt', { names: ['Exams'], at: null }],
  ['parameters.put', { draft: { name: '/lab/a', type: 'String', value: 'a', description: '', allowedPattern: null }, expectedVersion: 1 }],
  ['parameters.list', { ...page, search: '', path: '/', recursive: true, type: null, sort: 'name', order: 'ascending' }],
  ['parameters.reveal', { name: '/lab/a', version: 1 }],
  ['parameters.delete', { names: ['/lab/a'] }],
  ['groups.update', { draft: { name: 'lab', description: '', tagFilters: [{ key: 'lab', values: ['b12'] }] }, lastUpdatedAt: new Date(0) }],
  ['groups.preview', { draft: { name: 'lab', description: '', tagFilters: [{ key: 'lab', values: ['b12'] }] } }],
  ['groups.members', { name: 'lab', ...page }],
  ['preview.change', { kind: 'association', associationId, draft: anAssociation() }],
  ['preview.change', { kind: 'document-version', name: 'AWS-RunShellScript', format: 'YAML', content: 'x', makesDefault: true }],
  ['preview.change', { kind: 'delete-document-version', name: 'AWS-RunShellScript', documentVersion: 1 }],
  ['preview.change', { kind: 'node-tags', nodeId, tags: [{ key: 'a', value: 'b' }] }],
  ['preview.change', { kind: 'group', name: 'lab', tagFilters: [{ key: 'lab', values: [] }] }],
  ['preview.change', { kind: 'calendar', name: 'Exams', content: 'x' }],
  ['compliance.items', { ...page, nodeId, associationId: null, status: null, complianceType: 'Custom:a', itemId: 'a', search: '' }],
  ['compliance.history', { ...page, nodeId, complianceType: 'Association', itemId: associationId }],
  ['compliance.remediate', { nodeId, associationId, status: null }],
  ['ssm.call', { operation: 'DescribeAssociation', request: { AssociationId: associationId } }],
];

const ODD: readonly unknown[] = [
  ...['', '../../etc/passwd', '\u0000', '\u001b[31m', '__proto__', 'constructor', '\ud800', '(a+)+$', '{{ssm:x}}', 'x'.repeat(4_000_000)],
  ...[0, -1, 1.5, 1e308, Number.NaN, null, undefined, true, [], {}, new Date(Number.NaN), new Date(8.64e15), new Date(-8.64e15)],
  ...[JSON.parse('{"__proto__":{"a":1},"constructor":[]}'), Array.from({ length: 20_000 }, (_, number) => number)],
];

/** The value with each of its parts, and itself, in turn replaced. */
function* replaced(value: unknown, by: unknown): Generator<unknown> {
  yield by;
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  for (const [key, part] of Object.entries(value)) {
    for (const other of replaced(part, by)) {
      yield Array.isArray(value) ? value.map((item, place) => (String(place) === key ? other : item)) : { ...value, [key]: other };
    }
  }
}

test('whatever a window sends, it is answered or refused by a fault with its remedy, and never by a bug', {
  timeout: 120_000,
}, async () => {
  const site = openSimulatedSite();
  const nodeId = site.addNode({ tags: { lab: 'b12' } });
  const { associationId } = site.save();
  // Without it no calendar would be asked about odd times.
  site.perform((context) => saveCalendar(context, EXAMS));
  const { context } = site;
  const { changes } = context;
  const facts = { version: '1.0.0', dataFolder: '/', hubPort: 1, agentProgram: '' };
  // Only the sample lab asks for agents of this computer, and it is not asked for.
  const nobody = new Proxy({}, { get: () => () => undefined });
  const client: object = createRouterClient(router, {
    context: { site: Object.assign({ context, changes, facts }, { localFleet: nobody }) as never },
  });
  let refusals = 0;
  for (const [name, right] of rightInputs(nodeId, associationId)) {
    const call: unknown = name.split('.').reduce<unknown>((of, key) => Reflect.get(Object(of), key), client);
    if (typeof call !== 'function') throw new Error(`There is no call ${name}.`);
    for (const odd of ODD) {
      for (const input of replaced(right, odd)) {
        const thrown: unknown = await Promise.resolve(Reflect.apply(call, undefined, [input])).then(
          () => null,
          (cause: unknown) => cause,
        );
        if (thrown === null) continue;
        const fault = thrown instanceof ORPCError ? FaultData.parse(thrown.data) : null;
        expect({ name, isBug: fault === null || fault.code === 'E-INTERNAL' || fault.remedy === '' }).toEqual({ name, isBug: false });
        refusals += 1;
      }
    }
  }
  expect(site.errors).toEqual([]);
  expect(refusals).toBeGreaterThan(1000);
});
