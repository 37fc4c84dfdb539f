import { useState } from 'react';
import type { DocumentType } from '../../agent/document/document-type.ts';
import type { DocumentFormat } from '../../electron/domain/managed-document.ts';
import type { FaultData } from '../client/fault.ts';
import { nameProblem, versionNameProblem } from './document-name.ts';
import type { ImportedSource } from './imported-source.ts';
import { sourceAfterFormat } from './starter-source.ts';
import type { SourceCheck } from './use-source-check.ts';
import { useSourceCheck } from './use-source-check.ts';

export interface DocumentDraft {
  name: string;
  documentType: DocumentType;
  format: DocumentFormat;
  content: string;
  /** Of the version that is being written; empty for none. */
  versionName: string;
}

export interface DocumentEditing {
  draft: DocumentDraft;
  isChanged: boolean;
  check: SourceCheck;
  /** What to show under the name: nothing before somebody has been there. */
  nameError: string | null;
  versionNameError: string | null;
  /** What is known to be wrong first, shown or not; null where nothing is. */
  firstProblem: { in: 'name' } | { in: 'version-name' } | { in: 'source'; line: number; column: number } | null;
  setName(name: string): void;
  setType(documentType: DocumentType): void;
  setFormat(format: DocumentFormat): void;
  setVersionName(versionName: string): void;
  /** Takes the place of all that is written. */
  setSource(source: ImportedSource): void;
  setContent(content: string): void;
  touchName(): void;
  /** What a refused save says, on the fields that it names. */
  showFault(fault: FaultData): void;
}

const isEqual = (a: DocumentDraft, b: DocumentDraft): boolean =>
  a.name === b.name &&
  a.documentType === b.documentType &&
  a.format === b.format &&
  a.content === b.content &&
  a.versionName === b.versionName;

const namesField = (fault: FaultData, field: string): boolean => fault.places.some((place) => place.field === field);

function firstInSource({ isCurrent, report }: SourceCheck): DocumentEditing['firstProblem'] {
  const first = report?.problems[0];
  return isCurrent && first !== undefined ? { in: 'source', line: first.line ?? 1, column: first.column ?? 1 } : null;
}

interface Refused {
  draft: DocumentDraft;
  fault: FaultData;
}

/** What a refused save said about one field, as long as that is what was refused. */
function refusalOf(refused: Refused | null, draft: DocumentDraft, field: 'name' | 'versionName'): string | null {
  if (refused === null || refused.draft[field] !== draft[field] || !namesField(refused.fault, field)) return null;
  return `${refused.fault.title} ${refused.fault.remedy}`;
}

/** The fields of a document, and what is wrong with them. */
export function useDocumentEditor(initial: DocumentDraft, nameIs: 'free' | 'fixed'): DocumentEditing {
  const [draft, setDraft] = useState(initial);
  const [isNameTouched, setNameTouched] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const check = useSourceCheck(draft);
  const ownProblem = nameIs === 'free' ? nameProblem(draft.name) : null;
  const versionProblem = versionNameProblem(draft.versionName);
  return {
    draft,
    isChanged: !isEqual(draft, initial),
    check,
    nameError: (isNameTouched ? ownProblem : null) ?? refusalOf(refused, draft, 'name'),
    versionNameError: versionProblem ?? refusalOf(refused, draft, 'versionName'),
    firstProblem: ownProblem !== null ? { in: 'name' } : versionProblem !== null ? { in: 'version-name' } : firstInSource(check),
    setName: (name) => setDraft((before) => ({ ...before, name })),
    setFormat: (format) => setDraft((before) => ({ ...before, format, content: sourceAfterFormat(before.content, format) })),
    setType: (documentType) => setDraft((before) => ({ ...before, documentType })),
    setVersionName: (versionName) => setDraft((before) => ({ ...before, versionName })),
    setSource: ({ name, ...source }) => setDraft((before) => ({ ...before, ...source, name: before.name === '' ? name : before.name })),
    setContent: (content) => setDraft((before) => (before.content === content ? before : { ...before, content })),
    touchName: () => setNameTouched(true),
    showFault: (fault) => setRefused({ draft, fault }),
  };
}
