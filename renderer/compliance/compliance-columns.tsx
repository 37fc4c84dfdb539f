import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { address } from '../routes.ts';
import { complianceLooks } from '../terms/looks.ts';
import { Severity, Status } from '../terms/status.tsx';
import { Age } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { TwoLines } from '../ui/two-lines.tsx';

export const complianceColumns: readonly Column<ComplianceRow>[] = [
  {
    id: 'node',
    header: 'Node',
    width: '26%',
    cell: (row) => <TwoLines main={row.nodeName} sub={<span className="hf-mono">{row.nodeId}</span>} />,
  },
  {
    id: 'status',
    header: 'Compliance',
    width: '152px',
    cell: (row) => (
      <TwoLines
        main={<Status look={complianceLooks[row.status]} style="plain" />}
        sub={
          <>
            Since <Age at={row.since} />
          </>
        }
      />
    ),
  },
  {
    id: 'association',
    header: 'Association',
    from: 'medium',
    cell: (row) => <TwoLines main={<a href={address.association(row.associationId)}>{row.title}</a>} sub={`${row.documentName}, version ${row.documentVersion}`} />,
  },
  { id: 'severity', header: 'Severity', width: '112px', cell: (row) => <Severity severity={row.severity} /> },
  {
    id: 'checked',
    header: 'Last checked',
    width: '120px',
    from: 'wide',
    align: 'end',
    cell: (row) => <Age at={row.capturedAt} className="hf-soft" />,
  },
];
