import { Select } from '@mantine/core';
import { calls } from '../client/calls.ts';
import { useCall, useCallWhen } from '../client/use-call.ts';
import { address } from '../routes.ts';
import classes from './editor.module.css';
import { FormSection } from './form-section.tsx';
import type { Editor } from './use-editor.ts';

/** Documents by owner, as a select takes them; one that is chosen but not listed is kept, so that the problem shows on it. */
function useDocumentChoices(chosen: string) {
  const documents = useCall(calls.documents.list());
  const all = documents.status === 'full' ? documents.answer : [];
  const of = (owner: 'Holdfast' | 'Self') => all.filter((document) => document.owner === owner).map((document) => document.name);
  const known = all.some((document) => document.name === chosen);
  return {
    isLoading: documents.status === 'loading',
    groups: [
      ...(known || chosen === '' ? [] : [{ group: 'Chosen', items: [chosen] }]),
      { group: 'My documents', items: of('Self') },
      { group: 'Built in', items: of('Holdfast') },
    ].filter(({ items }) => items.length > 0),
  };
}

function useVersionChoices(name: string, chosen: string) {
  const detail = useCallWhen(name === '' ? null : calls.documents.get({ name, documentVersion: null }));
  const numbers = detail.status === 'full' ? detail.answer.versions.map(({ documentVersion }) => String(documentVersion)) : [];
  const identifier = detail.status === 'full' ? detail.answer.identifier : null;
  const named = [
    { value: '$DEFAULT', label: `Default version${identifier === null ? '' : ` (now ${identifier.defaultVersion})`}` },
    { value: '$LATEST', label: `Latest version${identifier === null ? '' : ` (now ${identifier.latestVersion})`}` },
  ];
  const fixed = numbers.map((value) => ({ value, label: `Version ${value}, always` }));
  const isKnown = [...named, ...fixed].some(({ value }) => value === chosen);
  return {
    choices: isKnown ? [...named, ...fixed] : [...named, ...fixed, { value: chosen, label: chosen }],
    description: identifier?.description ?? '',
  };
}

export function DocumentSection({ editor }: { editor: Editor }) {
  const { documentName, documentVersion } = editor.state;
  const documents = useDocumentChoices(documentName);
  const versions = useVersionChoices(documentName, documentVersion);
  return (
    <FormSection title="Document" words="What is run on the machines.">
      <div className={classes.row}>
        <Select
          label="Document"
          searchable
          placeholder={documents.isLoading ? 'Loading…' : 'Choose a document'}
          nothingFoundMessage="No document has this in its name."
          data={documents.groups}
          value={documentName === '' ? null : documentName}
          error={editor.problemOf('documentName')}
          onChange={(value) => editor.change({ documentName: value ?? '', documentVersion: '$DEFAULT', parameters: {} })}
          onBlur={() => editor.touch('documentName')}
        />
        <Select
          label="Document version"
          data={versions.choices}
          value={documentVersion}
          error={editor.problemOf('documentVersion')}
          onChange={(value) => editor.change({ documentVersion: value ?? '$DEFAULT' })}
        />
      </div>
      {documentName !== '' && (
        <p className={classes.hint}>
          {versions.description} <a href={address.document(documentName)}>Read {documentName}</a>
        </p>
      )}
    </FormSection>
  );
}
