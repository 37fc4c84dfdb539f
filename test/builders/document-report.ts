import { stepsReport, warningsOf } from '../../agent/document/compatibility.ts';
import type { CompatibilityReport, Finding } from '../../agent/document/compatibility-report.ts';
import type { ParsedDocument } from '../../agent/document/source.ts';

/** Of a document that is taken. */
export function reportOn(parsed: ParsedDocument): CompatibilityReport {
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return stepsReport(parsed.document, parsed.origin);
}

/** What an author is told of a document that is taken. */
export const warnedBy = (parsed: ParsedDocument): readonly Finding[] => warningsOf(reportOn(parsed));
