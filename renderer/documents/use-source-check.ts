import { useDebouncedValue } from '@mantine/hooks';
import { refusedReport } from '../../agent/document/compatibility.ts';
import type { CompatibilityReport } from '../../agent/document/compatibility-report.ts';
import { exceedsDocumentSize, MAX_DOCUMENT_BYTES } from '../../agent/document/document-size.ts';
import type { DocumentType } from '../../agent/document/document-type.ts';
import type { DocumentFormat } from '../../electron/domain/managed-document.ts';
import { calls } from '../client/calls.ts';
import type { FaultData } from '../client/fault.ts';
import { useCallWhen, useLastAnswer } from '../client/use-call.ts';

const SETTLE_MS = 250;

export interface Source {
  documentType: DocumentType;
  format: DocumentFormat;
  content: string;
}

export interface SourceCheck {
  /** As far as is known: of the source as it is now, or else of how it was a moment ago; null before there was an answer. */
  report: CompatibilityReport | null;
  /** `report` is of the source as it is now. */
  isCurrent: boolean;
  /** Why it could not be checked. */
  fault: FaultData | null;
}

const tooLarge: SourceCheck = {
  report: refusedReport([
    {
      code: 'MaxDocumentSizeExceeded',
      message: `The document is larger than ${MAX_DOCUMENT_BYTES / 1024} KiB.`,
      line: null,
      column: null,
      path: '',
    },
  ]),
  isCurrent: true,
  fault: null,
};

/** What is wrong with a source while it is typed: asked a moment after each change, with answers to earlier texts dropped. */
export function useSourceCheck(source: Source): SourceCheck {
  const [settled] = useDebouncedValue(source, SETTLE_MS);
  // What is too large anyway is not sent with every key press.
  const isTooLarge = exceedsDocumentSize(source.content);
  const canAsk = !isTooLarge && !exceedsDocumentSize(settled.content);
  const state = useCallWhen(
    canAsk ? calls.documents.check({ documentType: settled.documentType, format: settled.format, content: settled.content }) : null,
  );
  const last = useLastAnswer(state);
  if (isTooLarge) return tooLarge;
  const isSettled = settled.content === source.content && settled.format === source.format && settled.documentType === source.documentType;
  return {
    report: last?.answer ?? null,
    isCurrent: isSettled && last !== null && !last.isOld,
    fault: state.status === 'loading' ? null : state.fault,
  };
}
