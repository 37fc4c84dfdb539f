import { Button } from '@mantine/core';
import { IconAnchor, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { PackageDetail } from '../../electron/api/packages.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { UsersPanel } from '../terms/users-panel.tsx';
import { goTo } from '../ui/address.ts';
import { At } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { bytesText } from '../ui/moment.ts';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { AddPackageDialog } from './add-package-dialog.tsx';
import { DeletePackageDialog } from './delete-package-dialog.tsx';
import { PackageVersions } from './package-versions.tsx';
import { platformsText } from './package-words.ts';
import classes from './packages.module.css';

const back = { label: 'Packages', href: address.packages() };

export function PackagePage({ name }: { name: string }) {
  const detail = useCall(calls.packages.get(name));
  if (detail.status === 'fault') return <NotThere title={name} back={back} fault={detail.fault} />;
  if (detail.status === 'loading') return <PageLoading title={name} back={back} />;
  return (
    <Page>
      <Shown detail={detail.answer}>{detail.fault !== null && <FaultNotice fault={detail.fault} />}</Shown>
    </Page>
  );
}

function Shown({ detail, children }: { detail: PackageDetail; children: React.ReactNode }) {
  const { name, users, documents, publisher } = detail;
  const [isAdding, setAdding] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <PageHeader
        title={name}
        parent={back}
        actions={
          <>
            <Button
              variant="filled"
              leftSection={<IconAnchor size={14} aria-hidden />}
              onClick={() => goTo(address.newAssociation({ document: 'Holdfast-ConfigurePackage', package: name }))}
            >
              Install on…
            </Button>
            <Button leftSection={<IconUpload size={14} aria-hidden />} onClick={() => setAdding(true)}>
              Add a version…
            </Button>
            <Button color="bad" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDeleting(true)}>
              Delete…
            </Button>
          </>
        }
      >
        {publisher === '' ? 'A package of this site.' : `Published by ${publisher}.`}
      </PageHeader>
      {children}
      <div className={classes.columns}>
        <div className={classes.column}>
          <PackageVersions detail={detail} />
        </div>
        <div className={classes.column}>
          <About detail={detail} />
          <UsersPanel
            title="Used by"
            label="Associations that use this package"
            users={users}
            nothing="No association uses it."
            howOf={({ version }) => (version === '' ? 'the default version' : `version ${version}`)}
          />
          {documents.length > 0 && <NamingDocuments documents={documents} />}
        </div>
      </div>
      {isAdding && <AddPackageDialog name={name} onClose={() => setAdding(false)} />}
      {isDeleting && (
        <DeletePackageDialog name={name} version={null} onClose={() => setDeleting(false)} onDeleted={() => goTo(address.packages())} />
      )}
    </>
  );
}

function About({ detail: { defaultVersion, platforms, bytes, createdAt, lastModifiedAt } }: { detail: PackageDetail }) {
  return (
    <Panel title="About">
      <KeyValue
        facts={[
          { label: 'Default version', value: defaultVersion },
          { label: 'Platforms', value: platformsText(platforms) },
          { label: 'Size', value: bytesText(bytes) },
          { label: 'Last changed', value: <At at={lastModifiedAt} /> },
          { label: 'Added', value: <At at={createdAt} /> },
        ]}
      />
    </Panel>
  );
}

function NamingDocuments({ documents }: { documents: readonly string[] }) {
  return (
    <Panel title="Named by documents" padding="flush">
      <PanelRows label="Documents that name this package">
        {documents.map((name) => (
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
