import { join } from 'node:path';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import type { ComplianceFilter } from '../../electron/controller/store/compliance-pages.ts';
import { openDatabase } from '../../electron/controller/store/database.ts';
import { openStores, type Stores } from '../../electron/controller/store/stores.ts';
import { associationTitle } from '../../electron/domain/association.ts';
import { ItemSeverity } from '../../electron/domain/compliance.ts';
import type { Figure } from './figure.ts';
import { atMost } from './figure.ts';
import type { Bench, Lab } from './lab.ts';
import { fillSite, nodeIdOf } from './large-site.ts';

const ROUNDS = 7;
const [NODES, ASSOCIATIONS] = [10_000, 20];
const PAGE = atMost(100);
const START = new Date('2026-01-01T00:00:00Z');

/** Of each node every association, one in ten not compliant, and of one node in a hundred a patch. */
function fillCompliance(
  { compliance }: Pick<Stores, 'compliance'>,
  associations: readonly { associationId: AssociationId; title: string }[],
) {
  for (let number = 0; number < NODES; number += 1) {
    const nodeId = nodeIdOf(number);
    const at = new Date(START.getTime() + ((number * 7919) % 100_000) * 1000);
    for (const [position, { associationId, title }] of associations.entries()) {
      compliance.put(
        {
          nodeId,
          complianceType: 'Association',
          itemId: associationId,
          title,
          severity: ItemSeverity.options[position % ItemSeverity.options.length] ?? 'LOW',
          status: (number * 7 + position * 13) % 10 === 0 ? 'NON_COMPLIANT' : 'COMPLIANT',
          details: { DocumentName: 'AWS-RunShellScript', DocumentVersion: '1' },
          executionId: associationId,
          executionType: 'Association',
        },
        at,
      );
    }
    if (number % 100 !== 0) continue;
    const patch = { itemId: 'KB1', title: 'A patch', severity: 'HIGH', status: 'COMPLIANT' } as const;
    compliance.put({ nodeId, complianceType: 'Patch', ...patch, details: {}, executionId: null, executionType: null }, at);
  }
}

const ALL: ComplianceFilter = { complianceType: null, itemId: null, nodeId: null, status: null, severity: null, search: '' };

const queries = (associationId: AssociationId, title: string): { what: string; filter: Partial<ComplianceFilter>; offset?: number }[] => [
  { what: 'all', filter: {} },
  { what: 'all, in the middle', filter: {}, offset: (NODES * ASSOCIATIONS) / 2 },
  { what: 'not compliant', filter: { status: 'NON_COMPLIANT' } },
  { what: 'by severity', filter: { severity: 'LOW' } },
  { what: 'of a rare type', filter: { complianceType: 'Patch' } },
  { what: 'of an association', filter: { complianceType: 'Association', itemId: associationId } },
  { what: 'of a node', filter: { nodeId: nodeIdOf(77) } },
  { what: 'search for a title', filter: { search: title } },
  { what: 'search for nodes', filter: { search: 'pc-77' } },
  { what: 'search for nothing that is there', filter: { search: 'zebra' } },
];

function measured(figure: Omit<Figure, 'values' | 'unit'>, rounds: number, ask: () => void): Figure {
  const values = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    ask();
    return performance.now() - startedAt;
  });
  return { ...figure, unit: 'ms', values };
}

function run(lab: Lab) {
  const rounds = lab.rounds(ROUNDS);
  fillSite(lab.folder, { nodes: NODES, associations: ASSOCIATIONS });
  const site = join(lab.folder, 'site');
  const database = openDatabase({ file: join(site, 'holdfast.db'), backupsFolder: join(site, 'backups'), now: () => START });
  lab.cleanUp.add(() => Promise.resolve(database.close()));
  const stores = openStores(database);
  const associations = stores.associations.list().map((association) => ({ ...association, title: associationTitle(association) }));
  const [first] = associations;
  if (first === undefined) throw new Error('The site has no associations.');
  lab.say(`storing ${(NODES * ASSOCIATIONS).toLocaleString('en-US')} compliance items on ${NODES.toLocaleString('en-US')} nodes`);
  database.transaction(() => fillCompliance(stores, associations));
  const { compliance } = stores;
  const pages = queries(first.associationId, first.title).map(({ what, filter, offset = 0 }) => {
    const query = { ...ALL, ...filter, offset, limit: 100 };
    return measured({ what: `a page of compliance: ${what}`, budget: PAGE }, rounds, () => {
      compliance.page(query);
      compliance.resourcePage({ ...query, offset: 0 });
      compliance.subjectPage({ ...query, offset: 0 });
    });
  });
  const summaries = measured({ what: 'compliance by type and severity, over all nodes', budget: PAGE }, rounds, () =>
    compliance.standings(),
  );
  const edit = measured({ what: `a new severity on ${NODES} nodes`, budget: null }, 1, () =>
    compliance.setSeverity(first.associationId, { severity: 'INFORMATIONAL', at: START }),
  );
  return Promise.resolve({ figures: [...pages, summaries, edit], notes: [] });
}

export const compliancePages: Bench = {
  name: 'compliance-pages',
  about: 'compliance by item, by node and over all nodes, by every filter, with 200,000 items on 10,000 nodes',
  unable: () => null,
  run,
};
