import { useState } from 'react';
import type { DocumentType } from '../../agent/document/document-type.ts';
import type { DocumentFormat } from '../../electron/domain/managed-document.ts';
import type { FaultData } from '../client/fault.ts';
import { nameProblem } from './document-name.ts';
import { sourceAfterFormat } from './starter-source.ts';
import type { SourceCheck } from './use-source-check.ts';
import { useSourceCheck } from './use-source-check.ts';

export interface DocumentDraft {
  name: string;
  documentType: DocumentType;
  format: DocumentFormat;
  content: string;
}

export interface DocumentEditing {
  draft: DocumentDraft;
  isChanged: boolean;
  check: SourceCheck;
  /** What to show under the name: nothing before somebody has been there. */
  nameError: string | null;
  /** What is known to be wrong first, shown or not; null where nothing is. */
  firstProblem: { in: 'name' } | { in: 'source'; line: number; column: number } | null;
  setName(name: string): void;
  setFormat(format: DocumentFormat): void;
  setContent(content: string): void;
  touchName(): void;
  /** What a refused save says, on the fields that it names. */
  showFault(fault: FaultData): void;
}

const isEqual = (a: DocumentDraft, b: DocumentDraft): boolean => a.name === b.name && a.format === b.format && a.content === b.content;

const namesField = (fault: FaultData, field: string): boolean => fault.places.some((place) => place.field === field);

function firstInSource({ isCurrent, problems }: SourceCheck): DocumentEditing['firstProblem'] {
  const [first] = problems;
  return isCurrent && first !== undefined ? { in: 'source', line: first.line ?? 1, column: first.column ?? 1 } : null;
}

/** The fields of a document, and what is wrong with them. */
export function useDocumentEditor(initial: DocumentDraft, nameIs: 'free' | 'fixed'): DocumentEditing {
  const [draft, setDraft] = useState(initial);
  const [isNameTouched, setNameTouched] = useState(false);
  const [refused, setRefused] = useState<{ name: string; fault: FaultData } | null>(null);
  const check = useSourceCheck(draft);
  const ownProblem = nameIs === 'free' ? nameProblem(draft.name) : null;
  const refusal = refused !== null && refused.name === draft.name ? `${refused.fault.title} ${refused.fault.remedy}` : null;
  return {
    draft,
    isChanged: !isEqual(draft, initial),
    check,
    nameError: (isNameTouched ? ownProblem : null) ?? refusal,
    firstProblem: ownProblem === null ? firstInSource(check) : { in: 'name' },
    setName: (name) => setDraft((before) => ({ ...before, name })),
    setFormat: (format) => setDraft((before) => ({ ...before, format, content: sourceAfterFormat(before.content, format) })),
    setContent: (content) => setDraft((before) => (before.content === content ? before : { ...before, content })),
    touchName: () => setNameTouched(true),
    showFault: (fault) => {
      if (namesField(fault, 'name')) setRefused({ name: draft.name, fault });
    },
  };
}
