import { Button, FileButton, Modal, TextInput } from '@mantine/core';
import { IconUpload, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { MAX_DOCUMENT_BYTES } from '../../agent/document/document-size.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { StatusBadge } from '../ui/status-badge.tsx';
import { tellDone } from '../ui/toast.tsx';
import { lookOf } from './compatibility-words.ts';
import { typeLabels } from './document-words.ts';
import classes from './import.module.css';
import { type ImportCandidate, importSentence, mayBeImported, nameTrouble, reasonsOf } from './import-candidates.ts';
import { importedSource } from './imported-source.ts';

const MOST_FILES = 50;

/** Several files of documents: what each does here is said before any is saved, and all that are chosen are saved, or none. */
export function ImportSeveral({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} closeOnClickOutside={false} title="Import documents" size={960}>
      {isOpen && <Import onClose={onClose} />}
    </Modal>
  );
}

function Import({ onClose }: { onClose(): void }) {
  const [candidates, setCandidates] = useState<readonly ImportCandidate[]>([]);
  const documents = useCall(calls.documents.list());
  const taken = documents.status === 'full' ? documents.answer.map(({ name }) => name) : [];
  const check = useAction((client, files: readonly File[]) =>
    Promise.all(
      files.map(async (file): Promise<ImportCandidate> => {
        const source = importedSource(file.name, await file.slice(0, 2 * MAX_DOCUMENT_BYTES).text());
        const { documentType, format, content } = source;
        return { fileName: file.name, source, report: await client.documents.check({ documentType, format, content }) };
      }),
    ),
  );
  const chosen = candidates.filter((candidate) => mayBeImported(candidate, { candidates, taken }));
  const save = useAction((client) =>
    client.documents.import({ documents: chosen.map(({ source }) => ({ ...source, displayName: null, versionName: null })) }),
  );
  const [leftOut, setLeftOut] = useState(0);
  const add = async (files: readonly File[]) => {
    const outcome = await check.run(files.slice(0, MOST_FILES));
    if (!outcome.ok) return;
    setCandidates((before) => [...before, ...outcome.answer].slice(0, MOST_FILES));
    setLeftOut(Math.max(0, candidates.length + files.length - MOST_FILES));
  };
  const rename = (at: number, name: string) =>
    setCandidates((before) =>
      before.map((candidate, position) => (position === at ? { ...candidate, source: { ...candidate.source, name } } : candidate)),
    );
  const run = async () => {
    const outcome = await save.run(undefined);
    if (!outcome.ok) return;
    tellDone(`${plural(chosen.length, 'document')} imported.`);
    onClose();
  };
  const fault = check.fault ?? save.fault;
  return (
    <div className={classes.import}>
      <div className={classes.head}>
        <FilesButton isPending={check.isPending} onFiles={(files) => void add(files)} />
        <p aria-live="polite">{importSentence(candidates.length, chosen.length)}</p>
      </div>
      {candidates.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.scroller} aria-label="Files to import" tabIndex={0}>
          <table className={classes.table} aria-label="Files">
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">Name</th>
                <th scope="col">What it does here</th>
                <th scope="col">
                  <span className={classes.hidden}>Leave out</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {candidates.map((candidate, position) => (
                <Row
                  // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be there twice, and rows only ever go
                  key={`${candidate.fileName} ${position}`}
                  candidate={candidate}
                  problem={nameTrouble(candidate, { candidates, taken })}
                  onRename={(name) => rename(position, name)}
                  onRemove={() => setCandidates((before) => before.filter((_, at) => at !== position))}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {leftOut > 0 && (
        <p role="status">
          {plural(leftOut, 'file')} left out: {MOST_FILES} are imported at a time.
        </p>
      )}
      {documents.status === 'fault' && <FaultNotice fault={documents.fault} />}
      {fault !== null && <FaultNotice fault={fault} />}
      <div className={classes.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="filled"
          disabled={chosen.length === 0 || documents.status !== 'full'}
          loading={save.isPending}
          onClick={() => void run()}
        >
          Import {plural(chosen.length, 'document')}
        </Button>
      </div>
    </div>
  );
}

function FilesButton({ isPending, onFiles }: { isPending: boolean; onFiles(files: readonly File[]): void }) {
  const reset = useRef<() => void>(null);
  const take = (files: File[]) => {
    // A browser says nothing when the same files are chosen again, although what is in them may have been mended meanwhile.
    reset.current?.();
    if (files.length > 0) onFiles(files);
  };
  return (
    <FileButton multiple accept=".yaml,.yml,.json,.ics" resetRef={reset} onChange={take} inputProps={{ 'aria-label': 'Files to import' }}>
      {(props) => (
        <Button {...props} loading={isPending} leftSection={<IconUpload size={14} aria-hidden />}>
          Choose files…
        </Button>
      )}
    </FileButton>
  );
}

interface RowProps {
  candidate: ImportCandidate;
  problem: string | null;
  onRename(name: string): void;
  onRemove(): void;
}

function Row({ candidate, problem, onRename, onRemove }: RowProps) {
  const { fileName, source, report } = candidate;
  return (
    <tr>
      <th scope="row">
        {fileName}
        <span className={classes.type}>{typeLabels[source.documentType]}</span>
      </th>
      <td>
        <TextInput
          aria-label={`Name of ${fileName}`}
          value={source.name}
          error={problem}
          onChange={(event) => onRename(event.currentTarget.value)}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
        />
      </td>
      <td>
        <StatusBadge {...lookOf(report)} look="plain" />
        <ul className={classes.reasons}>
          {reasonsOf(report).map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </td>
      <td>
        <Button size="compact-xs" aria-label={`Leave out ${fileName}`} onClick={onRemove}>
          <IconX size={14} aria-hidden />
        </Button>
      </td>
    </tr>
  );
}
