import { Button } from '@mantine/core';
import { IconCopy, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { calls } from '../client/calls.ts';
import { useFreshCall, useLastAnswer } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { DocumentEditor } from './document-editor.tsx';
import { canHaveVersions, isOwn } from './document-words.ts';

const back = { label: 'Documents', href: address.documents() };

/** Begins with the latest version, also where an older one is the default: that is the one that the next version follows. */
export function EditDocumentPage({ name }: { name: string }) {
  const document = useFreshCall(calls.documents.get({ name, documentVersion: null }));
  const newest = document.status === 'full' ? document.answer.identifier.latestVersion : null;
  const latest = useFreshCall(newest === null ? null : calls.documents.get({ name, documentVersion: newest }));
  const opened = useLastAnswer(latest);
  const title = `Edit ${name}`;
  if (document.status === 'full' && !canHaveVersions(document.answer.identifier))
    return <NotEdited identifier={document.answer.identifier} />;
  // Once it is open it stays open: what somebody has typed outlives what happens to the document meanwhile.
  if (opened !== null) return <EditorOfFirst detail={opened.answer} now={document.status === 'full' ? document.answer : opened.answer} />;
  const fault = document.status === 'fault' ? document.fault : latest.status === 'fault' ? latest.fault : null;
  return fault === null ? <PageLoading title={title} back={back} /> : <NotThere title={title} back={back} fault={fault} />;
}

/** What was there when the editor was opened stays what is edited, also when somebody saves a version meanwhile. */
function EditorOfFirst({ detail, now }: { detail: DocumentDetail; now: DocumentDetail }) {
  const [opened] = useState(detail);
  const { name, documentType, latestVersion, defaultVersion } = opened.identifier;
  const { format, content } = opened.version;
  const [initial] = useState({ name, documentType, format, content, versionName: '' });
  const newest = now.identifier.latestVersion;
  return (
    <DocumentEditor
      title={`Edit ${name}`}
      initial={initial}
      edited={{ name, openedVersion: latestVersion, nextVersion: now.nextVersion }}
      note={
        newest !== latestVersion
          ? `Version ${newest} was saved meanwhile, and is not in this source: reload before you change anything.`
          : `Version ${latestVersion}. Saving makes version ${now.nextVersion}; version ${defaultVersion} stays the default unless you say otherwise.`
      }
    />
  );
}

function NotEdited({ identifier }: { identifier: DocumentIdentifier }) {
  const { name, documentType } = identifier;
  const { title, words } = whyNot(identifier);
  return (
    <Page>
      <PageHeader title={`Edit ${name}`} parent={back} />
      <EmptyState
        icon={IconLock}
        title={title}
        actions={
          <>
            {documentType === 'ChangeCalendar' ? (
              <Button component="a" href={address.calendar(name)} variant="filled">
                Open the calendar
              </Button>
            ) : (
              <Button
                component="a"
                href={address.newDocument({ from: name })}
                variant="filled"
                leftSection={<IconCopy size={14} aria-hidden />}
              >
                Save a copy
              </Button>
            )}
            <Button component="a" href={address.document(name)}>
              Read {name}
            </Button>
          </>
        }
      >
        {words}
      </EmptyState>
    </Page>
  );
}

function whyNot(identifier: DocumentIdentifier): { title: string; words: string } {
  if (identifier.documentType === 'ChangeCalendar')
    return {
      title: 'Change calendars are changed on the Calendars page',
      words: 'There you bring in a file anew, or take events out of it.',
    };
  if (!isOwn(identifier))
    return {
      title: 'Built-in documents stay as they are',
      words: 'Every site has them, and updates bring new versions of them. Save a copy under a name of your own and change that.',
    };
  return {
    title: 'Documents of schema 1.2 have no further versions',
    words: 'Save a copy under another name and change that. Better still, write it in schema 2.2: it has named steps and conditions.',
  };
}
