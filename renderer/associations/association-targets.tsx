import { IconServerOff } from '@tabler/icons-react';
import type { AssociationPreview, AssociationRow } from '../../electron/api/associations.ts';
import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { draftOf } from '../../electron/domain/association.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { runAddress } from '../terms/compliance-links.ts';
import { complianceLooks, pingLooks } from '../terms/looks.ts';
import { SampleMark, Status } from '../terms/status.tsx';
import type { Column } from '../ui/data-table.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { wholeList } from '../ui/table-rows.ts';
import { TwoLines } from '../ui/two-lines.tsx';
import classes from './associations.module.css';

type Member = AssociationPreview['matching']['nodes'][number];
type Item = ComplianceRow;

/** Compliance items that are looked up; a longer list is on the compliance page. */
const ITEMS = 200;

function columnsWith(items: ReadonlyMap<string, Item>): Column<Member>[] {
  return [
    {
      id: 'name',
      header: 'Node',
      cell: (row) => (
        <TwoLines main={row.name} marks={row.isSample ? <SampleMark /> : undefined} sub={<span className="hf-mono">{row.nodeId}</span>} />
      ),
    },
    {
      id: 'state',
      header: 'State',
      width: '170px',
      cell: (row) => <Status look={pingLooks[row.online ? 'Online' : 'ConnectionLost']} style="plain" />,
    },
    {
      id: 'compliance',
      header: 'Compliance here',
      width: '230px',
      from: 'medium',
      cell: ({ nodeId }) => {
        const item = items.get(nodeId);
        return item === undefined ? (
          <span className="hf-faint">Not known yet</span>
        ) : (
          <a href={runAddress(item) ?? address.compliance({ association: item.itemId, node: nodeId })}>
            <Status look={complianceLooks[item.status]} at={item.since} style="plain" />
          </a>
        );
      },
    },
  ];
}

/** Which machines match at this moment, and how it stands on each. */
export function AssociationTargets({ association }: { association: AssociationRow }) {
  const { associationId } = association;
  const preview = useCall(calls.associations.preview({ associationId, draft: draftOf(association) }));
  const compliance = useCall(calls.compliance.items({ associationId, nodeId: null, status: null, offset: 0, limit: ITEMS }));
  const items = new Map(compliance.status === 'full' ? compliance.answer.rows.map((row) => [row.nodeId, row] as const) : []);
  const rows = wholeList(
    preview.status === 'full' ? { status: 'full', answer: preview.answer.matching.nodes, fault: preview.fault } : preview,
  );
  const matching = preview.status === 'full' ? preview.answer.matching : null;
  const isCut = matching !== null && matching.total > matching.nodes.length;
  return (
    <div className={classes.column}>
      <p className="hf-soft">
        {association.targetText}
        {matching !== null && `: ${matching.total} match now, ${matching.online} of them connected`}
        {isCut && `; the first ${matching.nodes.length} are shown`}.
      </p>
      <DataTable
        label="Matching nodes"
        fit="content"
        columns={columnsWith(items)}
        rows={rows}
        rowKey={(row) => row.nodeId}
        hrefOf={(row) => address.node(row.nodeId)}
        empty={
          <EmptyState icon={IconServerOff} title="No machine matches now">
            It will be applied to every machine that gets these tags or joins with them.{' '}
            <a href={address.editAssociation(associationId)}>Change the targets</a>
          </EmptyState>
        }
      />
    </div>
  );
}
