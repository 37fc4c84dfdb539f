import { Button } from '@mantine/core';
import { IconAnchor, IconCalendarEvent, IconCopy, IconPencil, IconTestPipe, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SourceFormat } from '../../agent/document/located-problem.ts';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import { calls } from '../client/calls.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { UsersPanel } from '../terms/users-panel.tsx';
import { goTo } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SplitPane } from '../ui/split-pane.tsx';
import { Mark } from '../ui/status-badge.tsx';
import { CompatibilityPanel } from './compatibility-panel.tsx';
import { DeleteDocumentDialog } from './delete-document-dialog.tsx';
import { DocumentFacts } from './document-facts.tsx';
import { DocumentParameters } from './document-parameters.tsx';
import { DocumentSource } from './document-source.tsx';
import { DocumentSteps } from './document-steps.tsx';
import { DocumentVersions } from './document-versions.tsx';
import { canHaveVersions, isOwn, runsOnNodes } from './document-words.ts';
import classes from './documents.module.css';
import { OtherVersionNotice } from './other-version-notice.tsx';
import { OwnerMark } from './owner-mark.tsx';
import { TestDialog } from './test-dialog.tsx';

const back = { label: 'Documents', href: address.documents() };

/** `version`: which one is read; null for the one that is used by default. */
export function DocumentPage({ name, version }: { name: string; version: number | null }) {
  const [format, setFormat] = useState<SourceFormat | null>(null);
  const document = useCall(calls.documents.get({ name, documentVersion: version, format }));
  const last = useLastAnswer(document);
  if (document.status === 'fault') return <NotThere title={name} back={back} fault={document.fault} />;
  if (last === null) return <PageLoading title={name} back={back} />;
  return (
    <Page>
      <Header detail={last.answer} />
      {document.status === 'full' && document.fault !== null && <FaultNotice fault={document.fault} />}
      <OtherVersionNotice detail={last.answer} />
      <div className={classes.whole} data-old={last.isOld} aria-busy={last.isOld}>
        <SplitPane sideAt="end" sideLabel="About the document" side={<Side detail={last.answer} />}>
          <div className={classes.column}>
            <DocumentSource version={last.answer.version} onFormat={setFormat} />
            {last.answer.steps.length > 0 && (
              <>
                <DocumentParameters parameters={last.answer.parameters} />
                <DocumentSteps steps={last.answer.report.steps} />
              </>
            )}
          </div>
        </SplitPane>
      </div>
    </Page>
  );
}

function Header({ detail }: { detail: DocumentDetail }) {
  const { identifier, usedBy } = detail;
  const [isTesting, setTesting] = useState(false);
  const { name, documentType, description } = identifier;
  const [isDeleting, setDeleting] = useState(false);
  return (
    <PageHeader
      title={name}
      parent={back}
      marks={
        <>
          <OwnerMark owner={identifier.owner} />
          {identifier.aliasOf !== null && <Mark>Alias</Mark>}
        </>
      }
      actions={
        <>
          {documentType === 'ChangeCalendar' && (
            <Button component="a" href={address.calendar(name)} variant="filled" leftSection={<IconCalendarEvent size={14} aria-hidden />}>
              Open the calendar
            </Button>
          )}
          {runsOnNodes(identifier) && (
            <Button
              variant="filled"
              leftSection={<IconAnchor size={14} aria-hidden />}
              onClick={() => goTo(address.newAssociation({ document: name }))}
            >
              New association
            </Button>
          )}
          {runsOnNodes(identifier) && (
            <>
              <Button leftSection={<IconTestPipe size={14} aria-hidden />} onClick={() => setTesting(true)}>
                Test on one node
              </Button>
              <TestDialog detail={detail} isOpen={isTesting} onClose={() => setTesting(false)} />
            </>
          )}
          {canHaveVersions(identifier) && (
            <Button leftSection={<IconPencil size={14} aria-hidden />} onClick={() => goTo(address.editDocument(name))}>
              Edit
            </Button>
          )}
          <Button leftSection={<IconCopy size={14} aria-hidden />} onClick={() => goTo(address.newDocument({ from: name }))}>
            Save a copy
          </Button>
          {isOwn(identifier) && (
            <>
              <Button color="bad" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDeleting(true)}>
                Delete…
              </Button>
              <DeleteDocumentDialog
                isOpen={isDeleting}
                name={name}
                associations={usedBy.length}
                onClose={() => setDeleting(false)}
                onDeleted={() => goTo(address.documents())}
              />
            </>
          )}
        </>
      }
    >
      {description}
    </PageHeader>
  );
}

function Side({ detail }: { detail: DocumentDetail }) {
  return (
    <div className={classes.column}>
      {detail.identifier.documentType !== 'ChangeCalendar' && <CompatibilityPanel report={detail.report} />}
      <DocumentFacts detail={detail} />
      <DocumentVersions detail={detail} />
      {runsOnNodes(detail.identifier) && (
        <UsersPanel
          title="Used by"
          label="Associations that use this document"
          users={detail.usedBy}
          nothing="No association uses it."
          howOf={versionWords}
        />
      )}
      {detail.usedByDocuments.length > 0 && <RunByPanel names={detail.usedByDocuments} />}
    </div>
  );
}

/** Which version an association asks for. */
const versionWords = ({ documentVersion }: DocumentDetail['usedBy'][number]): string => {
  if (documentVersion === '$DEFAULT') return 'follows the default version';
  return documentVersion === '$LATEST' ? 'follows the latest version' : `version ${documentVersion}`;
};

function RunByPanel({ names }: { names: readonly string[] }) {
  return (
    <Panel title="Run by other documents" padding="flush">
      <PanelRows label="Documents that run this one in a step">
        {names.map((name) => (
          <PanelRow key={name}>
            <a href={address.document(name)} className="hf-cut">
              {name}
            </a>
          </PanelRow>
        ))}
      </PanelRows>
    </Panel>
  );
}
