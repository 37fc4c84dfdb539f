import { NodeId } from '../../agent/protocol/ids.ts';
import { ComplianceType } from '../../electron/domain/compliance.ts';
import { address } from '../routes.ts';
import { replaceShown } from '../ui/address.ts';
import type { Choice } from '../ui/choice-row.tsx';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import classes from './put.module.css';
import { PutForm } from './put-form.tsx';
import { PutJson } from './put-json.tsx';

const back = { label: 'Compliance', href: address.compliance() };

const ways: readonly Choice<'json'>[] = [
  { value: null, label: 'In a form' },
  { value: 'json', label: 'As JSON' },
];

interface PutPageProps {
  nodeId: string | null;
  complianceType: string | null;
  way: 'form' | 'json';
}

/** Items by hand: of associations that leave their compliance to that, of patches, and of types of one's own. */
export function PutCompliancePage({ nodeId, complianceType, way }: PutPageProps) {
  const show = (part: Parameters<typeof address.putCompliance>[0]) =>
    replaceShown(address.putCompliance({ node: nodeId, type: complianceType, way, ...part }));
  const node = NodeId.nullable().catch(null).parse(nodeId);
  const type = ComplianceType.nullable().catch(null).parse(complianceType);
  return (
    <Page>
      <PageHeader title="Put compliance items" parent={back}>
        What a person or a tool found on one machine. No run changes these items; an association's own are put here only where its
        compliance is MANUAL.
      </PageHeader>
      <div className={classes.form}>
        <ChoiceRow
          label="How to write them"
          choices={ways}
          value={way === 'json' ? way : null}
          onChange={(next) => show({ way: next ?? 'form' })}
        />
        {way === 'json' ? (
          <PutJson nodeId={node} complianceType={type} />
        ) : (
          <PutForm nodeId={node} complianceType={complianceType ?? ''} onTarget={show} />
        )}
      </div>
    </Page>
  );
}
