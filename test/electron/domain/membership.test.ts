import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { FleetMember } from '../../../electron/domain/fleet-index.ts';
import { matchingNodes } from '../../../electron/domain/fleet-index.ts';
import type { Membership, SiteFacts } from '../../../electron/domain/membership.ts';
import {
  applyingTo,
  dropAssociation,
  dropGroup,
  dropNode,
  membershipOf,
  putAssociation,
  putGroup,
  putNode,
} from '../../../electron/domain/membership.ts';
import { associationChange, groupChange, nodeChange } from '../../../electron/domain/membership-change.ts';
import type { ResourceGroup } from '../../../electron/domain/resource-group.ts';
import { isSelected, type Target } from '../../../electron/domain/target.ts';
import { aGroup } from '../../builders/resource-group.ts';
import { aStoredAssociation } from '../controller/store/stored-things.ts';

const nodeId = (number: number) => NodeId.parse(`mi-${number.toString(16).padStart(17, '0')}`);

const key = fc.constantFrom('lab', 'role', 'room');
const value = fc.constantFrom('a', 'b', '');
const tags = fc.uniqueArray(fc.record({ key, value }), { selector: (tag) => tag.key, maxLength: 3 });
const member: fc.Arbitrary<FleetMember> = fc.record({
  nodeId: fc.integer({ min: 1, max: 6 }).map(nodeId),
  name: fc.constant('lab-1'),
  tags,
});
const groupName = fc.constantFrom('first', 'second');
const filters = fc.uniqueArray(fc.record({ key, values: fc.uniqueArray(value, { maxLength: 2 }) }), {
  selector: (filter) => filter.key,
  minLength: 1,
});
const group: fc.Arbitrary<ResourceGroup> = fc
  .record({ name: groupName, tagFilters: filters })
  .map(({ name, tagFilters }) => aGroup({ name, tagFilters }));
const targets: fc.Arbitrary<Target[]> = fc.oneof(
  fc.constant<Target[]>([{ key: 'InstanceIds', values: ['*'] }]),
  fc
    .uniqueArray(fc.integer({ min: 1, max: 6 }).map(nodeId), { minLength: 1, maxLength: 3 })
    .map((values) => [{ key: 'InstanceIds', values }]),
  fc.array(
    fc.oneof(
      fc.record({ key: key.map((name) => `tag:${name}`), values: fc.array(value, { maxLength: 2 }) }),
      fc.record({ key: fc.constant('tag-key'), values: fc.array(key, { minLength: 1, maxLength: 2 }) }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
  groupName.map((name) => [{ key: 'resource-groups:Name', values: [name] }]),
  fc.constant<Target[]>([{ key: 'nonsense', values: [] }]),
);
const association = fc
  .record({ number: fc.integer({ min: 1, max: 5 }), targets })
  .map(({ number, targets: written }) => aStoredAssociation(number, { targets: written }));

/** The site as plain lists, which is what an index is built from, and how each change goes there. */
type Plain = {
  members: Map<string, FleetMember>;
  groups: Map<string, ResourceGroup>;
  associations: Map<string, ReturnType<typeof aStoredAssociation>>;
};
const emptyPlain = (): Plain => ({ members: new Map(), groups: new Map(), associations: new Map() });
const factsOf = (plain: Plain): SiteFacts => ({
  members: plain.members.values(),
  groups: plain.groups.values(),
  associations: plain.associations.values(),
});

type Step = (index: Membership, plain: Plain) => void;

function told<Thing>(weight: number, things: fc.Arbitrary<Thing>, tell: (index: Membership, plain: Plain, thing: Thing) => void) {
  return {
    weight,
    arbitrary: things.map(
      (thing): Step =>
        (index, plain) =>
          tell(index, plain, thing),
    ),
  };
}

/** Something is told to the index, and kept in the plain site beside it. */
const steps = fc.array(
  fc.oneof(
    told(4, member, (index, plain, node) => {
      putNode(index, node);
      plain.members.set(node.nodeId, node);
    }),
    told(1, member, (index, plain, { nodeId }) => {
      dropNode(index, nodeId);
      plain.members.delete(nodeId);
    }),
    told(3, association, (index, plain, saved) => {
      putAssociation(index, saved);
      plain.associations.set(saved.associationId, saved);
    }),
    told(1, association, (index, plain, { associationId }) => {
      dropAssociation(index, associationId);
      plain.associations.delete(associationId);
    }),
    told(2, group, (index, plain, saved) => {
      putGroup(index, saved);
      plain.groups.set(saved.name, saved);
    }),
    told(1, group, (index, plain, { name }) => {
      dropGroup(index, name);
      plain.groups.delete(name);
    }),
  ),
  { maxLength: 40 },
);

function site(made: readonly Step[]): { index: Membership; plain: Plain } {
  const [index, plain] = [membershipOf(factsOf(emptyPlain())), emptyPlain()];
  for (const make of made) make(index, plain);
  return { index, plain };
}

/** Every pair of association and covered node, found node by node. */
function pairs({ associations, fleet }: Membership): Set<string> {
  const found = new Set<string>();
  for (const {
    association: { associationId },
    selection,
  } of associations.values()) {
    for (const node of fleet.members.values()) if (isSelected(selection, node)) found.add(`${associationId} ${node.nodeId}`);
  }
  return found;
}

const without = (some: ReadonlySet<string>, others: ReadonlySet<string>): string[] => [...some].filter((each) => !others.has(each)).sort();

/** What changed between two sites, as pairs. */
const difference = (before: Membership, after: Membership) => ({
  joins: without(pairs(after), pairs(before)),
  leaves: without(pairs(before), pairs(after)),
});

const after = (plain: Plain, last: Step): Membership => {
  const changed = { members: new Map(plain.members), groups: new Map(plain.groups), associations: new Map(plain.associations) };
  last(membershipOf(factsOf(emptyPlain())), changed);
  return membershipOf(factsOf(changed));
};

test('an index that followed any sequence of changes is the one that is built from what there is', () => {
  void fc.assert(
    fc.property(steps, (made) => {
      const { index, plain } = site(made);
      expect(index).toEqual(membershipOf(factsOf(plain)));
    }),
    { numRuns: 300 },
  );
});

test('the nodes of an association and the associations of a node are the same pairs, found from either side', () => {
  void fc.assert(
    fc.property(steps, (made) => {
      const { index } = site(made);
      const fromNodes = [...index.fleet.members.values()].flatMap((node) =>
        applyingTo(index, node).map(({ association: { associationId } }) => `${associationId} ${node.nodeId}`),
      );
      const fromAssociations = [...index.associations.values()].flatMap(({ association: { associationId }, selection }) =>
        matchingNodes(index.fleet, selection).map((node) => `${associationId} ${node.nodeId}`),
      );
      expect(fromNodes.toSorted()).toEqual([...pairs(index)].sort());
      expect(fromAssociations.toSorted()).toEqual([...pairs(index)].sort());
    }),
    { numRuns: 300 },
  );
});

const named = (list: readonly { association: { associationId: string } }[], node: string) =>
  list.map(({ association: { associationId } }) => `${associationId} ${node}`).sort();

test('who comes and goes with a node, an association or a group is what differs between before and after', () => {
  void fc.assert(
    fc.property(steps, fc.option(tags), fc.oneof(member, association, group), (made, nextTags, changed) => {
      const { index, plain } = site(made);
      if ('nodeId' in changed) {
        const node = { ...changed, tags: nextTags ?? [] };
        const last: Step = (_, { members }) => (nextTags === null ? members.delete(node.nodeId) : members.set(node.nodeId, node));
        const { joins, leaves } = nodeChange(index, node.nodeId, nextTags);
        expect({ joins: named(joins, node.nodeId), leaves: named(leaves, node.nodeId) }).toEqual(difference(index, after(plain, last)));
      } else if ('associationId' in changed) {
        const { associationId } = changed;
        const next = nextTags === null ? null : changed;
        const last: Step = (_, { associations }) =>
          next === null ? associations.delete(associationId) : associations.set(associationId, next);
        const { joins, leaves } = associationChange(index, associationId, next);
        const paired = (nodeIds: readonly string[]) => nodeIds.map((node) => `${associationId} ${node}`).sort();
        expect({ joins: paired(joins), leaves: paired(leaves) }).toEqual(difference(index, after(plain, last)));
      } else {
        const next = nextTags === null ? null : changed;
        const last: Step = (_, { groups }) => (next === null ? groups.delete(changed.name) : groups.set(changed.name, next));
        const { joins, leaves, associations } = groupChange(index, changed.name, next);
        const paired = (nodeIds: readonly string[]) => nodeIds.flatMap((node) => named(associations, node)).sort();
        expect({ joins: paired(joins), leaves: paired(leaves) }).toEqual(difference(index, after(plain, last)));
      }
    }),
    { numRuns: 500 },
  );
});
