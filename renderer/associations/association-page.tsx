import { Button, Tabs } from '@mantine/core';
import { IconCopy, IconPencil, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { AssociationId } from '../../agent/protocol/ids.ts';
import type { AssociationRow } from '../../electron/api/associations.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { runNow, useIsStarting } from '../review/run-now.ts';
import type { AssociationTab, ExecutionQuery, VersionLook } from '../routes.ts';
import { ASSOCIATION_TABS, address } from '../routes.ts';
import { overviewLooks } from '../terms/looks.ts';
import { ModeMark, SampleMark, Status } from '../terms/status.tsx';
import { goTo, refineAddress } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { countText } from '../ui/moment.ts';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { AssociationExecutions } from './association-executions.tsx';
import { AssociationJson } from './association-json.tsx';
import { AssociationSummary } from './association-summary.tsx';
import { AssociationTargets } from './association-targets.tsx';
import { AssociationVersions } from './association-versions.tsx';
import { DeleteDialog } from './delete-dialog.tsx';

const back = { label: 'Associations', href: address.associations() };

/** Which part is shown, and what of it. */
interface Shown {
  tab: AssociationTab;
  look: VersionLook;
  filter: ExecutionQuery;
}

export function AssociationPage({ associationId, ...shown }: Shown & { associationId: string }) {
  const id = AssociationId.safeParse(associationId);
  return id.success ? (
    <KnownAssociation associationId={id.data} shown={shown} />
  ) : (
    <NotThere title="Association" back={back} fault={null} />
  );
}

function KnownAssociation({ associationId, shown }: { associationId: AssociationId; shown: Shown }) {
  const association = useCall(calls.associations.get(associationId));
  switch (association.status) {
    case 'loading':
      return <PageLoading title="Association" back={back} />;
    case 'fault':
      return <NotThere title="Association" back={back} fault={association.fault} />;
    case 'full':
      return (
        <Page>
          <Header association={association.answer} />
          {association.fault !== null && <FaultNotice fault={association.fault} />}
          <Parts association={association.answer} shown={shown} />
        </Page>
      );
  }
}

function Header({ association }: { association: AssociationRow }) {
  const { associationId, title, overview, lastExecutionAt, isSample, documentName, mode } = association;
  const [isDeleting, setDeleting] = useState(false);
  const isStarting = useIsStarting(associationId);
  return (
    <PageHeader
      title={title}
      parent={back}
      marks={
        <>
          {isSample && <SampleMark />}
          <ModeMark mode={mode} />
          <Status look={overviewLooks[overview.status]} at={lastExecutionAt} />
        </>
      }
      actions={
        <>
          <Button
            variant="filled"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={isStarting}
            onClick={() => runNow([association])}
          >
            Run now
          </Button>
          <Button leftSection={<IconPencil size={14} aria-hidden />} onClick={() => goTo(address.editAssociation(associationId))}>
            Edit
          </Button>
          <Button leftSection={<IconCopy size={14} aria-hidden />} onClick={() => goTo(address.newAssociation({ from: associationId }))}>
            Duplicate
          </Button>
          <Button color="bad" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDeleting(true)}>
            Delete…
          </Button>
          <DeleteDialog
            isOpen={isDeleting}
            chosen={[association]}
            onClose={() => setDeleting(false)}
            onDeleted={() => goTo(address.associations())}
          />
        </>
      }
    >
      <a href={address.document(documentName)}>{documentName}</a> · {association.targetText} · {association.scheduleText}
    </PageHeader>
  );
}

function tabLabel(tab: AssociationTab, { matchingNodes, associationVersion }: AssociationRow): string {
  switch (tab) {
    case 'summary':
      return 'Summary';
    case 'targets':
      return `Targets (${countText(matchingNodes)})`;
    case 'executions':
      return 'Executions';
    case 'versions':
      return `Versions (${countText(associationVersion)})`;
    case 'json':
      return 'JSON';
  }
}

function Parts({ association, shown: { tab, look, filter } }: { association: AssociationRow; shown: Shown }) {
  const choose = (value: string | null) => {
    const next = ASSOCIATION_TABS.find((candidate) => candidate === value);
    if (next !== undefined) refineAddress(address.association(association.associationId, next));
  };
  return (
    <Tabs value={tab} onChange={choose}>
      <Tabs.List aria-label="Parts of the association" mb={16}>
        {ASSOCIATION_TABS.map((value) => (
          <Tabs.Tab key={value} value={value}>
            {tabLabel(value, association)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="summary">
        <AssociationSummary association={association} />
      </Tabs.Panel>
      <Tabs.Panel value="targets">
        <AssociationTargets association={association} />
      </Tabs.Panel>
      <Tabs.Panel value="executions">
        <AssociationExecutions association={association} filter={filter} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <AssociationVersions association={association} look={look} />
      </Tabs.Panel>
      <Tabs.Panel value="json">
        <AssociationJson association={association} />
      </Tabs.Panel>
    </Tabs>
  );
}
