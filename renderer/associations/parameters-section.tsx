import { calls } from '../client/calls.ts';
import { useCallWhen } from '../client/use-call.ts';
import { ParameterField } from '../parameter-form/parameter-field.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './editor.module.css';
import { FormSection } from './form-section.tsx';
import { strayParameters } from './problems.ts';
import type { Editor } from './use-editor.ts';

/** The version whose parameters the form shows; null where it is the default one. */
function numberOf(choice: string, latest: number | null): number | null {
  if (choice === '$LATEST') return latest;
  return /^\d+$/.test(choice) ? Number(choice) : null;
}

/** A form made from what the document declares. */
export function ParametersSection({ editor }: { editor: Editor }) {
  const { documentName, documentVersion, parameters } = editor.state;
  const byDefault = useCallWhen(documentName === '' ? null : calls.documents.get({ name: documentName, documentVersion: null }));
  const latest = byDefault.status === 'full' ? byDefault.answer.identifier.latestVersion : null;
  const number = numberOf(documentVersion, latest);
  const detail = useCallWhen(documentName === '' ? null : calls.documents.get({ name: documentName, documentVersion: number }));
  if (documentName === '' || detail.status === 'fault') {
    return detail.status === 'fault' && documentName !== '' ? (
      <FormSection title="Parameters">
        <FaultNotice fault={detail.fault} />
      </FormSection>
    ) : null;
  }
  if (detail.status === 'loading') {
    return (
      <FormSection title="Parameters">
        <SkeletonLines lines={3} />
      </FormSection>
    );
  }
  const rows = detail.answer.parameters;
  const stray = strayParameters(
    editor.problems,
    rows.map(({ name }) => name),
  );
  const setParameter = (name: string, texts: readonly string[] | null) => {
    const rest = Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name));
    editor.change({ parameters: texts === null ? rest : { ...rest, [name]: texts } });
  };
  return (
    <FormSection
      title="Parameters"
      words="What this document is given. An empty field takes the document’s default."
      problem={stray.length === 0 ? undefined : stray.join(' ')}
    >
      {rows.length === 0 && <p className={classes.hint}>This document takes no parameters.</p>}
      {rows.map((row) => (
        <ParameterField
          key={`${documentName} ${row.name}`}
          parameter={row}
          texts={parameters[row.name] ?? null}
          problem={editor.problemOf('parameters', row.name)}
          onChange={(texts) => setParameter(row.name, texts)}
          onLeave={() => editor.touch('parameters')}
        />
      ))}
    </FormSection>
  );
}
