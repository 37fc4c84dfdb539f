import { warningsOf } from '../../agent/document/compatibility.ts';
import type { CompatibilityReport } from '../../agent/document/compatibility-report.ts';
import { plural } from '../ui/moment.ts';
import { nameProblem } from './document-name.ts';
import type { ImportedSource } from './imported-source.ts';

/** A file that somebody chose, and what it would do here. */
export interface ImportCandidate {
  readonly fileName: string;
  readonly source: ImportedSource;
  readonly report: CompatibilityReport;
}

export interface ImportSurroundings {
  readonly candidates: readonly ImportCandidate[];
  /** Names of documents that are there. */
  readonly taken: readonly string[];
}

/** What is wrong with its name; null for one that is refused anyway, whose name does not matter. */
export function nameTrouble({ source, report }: ImportCandidate, { candidates, taken }: ImportSurroundings): string | null {
  if (report.problems.length > 0) return null;
  const own = nameProblem(source.name);
  if (own !== null) return own;
  if (taken.includes(source.name)) return 'There is a document of this name.';
  const same = candidates.filter((other) => other.report.problems.length === 0 && other.source.name === source.name);
  return same.length > 1 ? 'Another of these files has this name.' : null;
}

/** What cannot run here is kept all the same; what is no document is not. */
export const mayBeImported = (candidate: ImportCandidate, surroundings: ImportSurroundings): boolean =>
  candidate.report.problems.length === 0 && nameTrouble(candidate, surroundings) === null;

const SHOWN = 3;

/** The first things that somebody has to know of it. */
export function reasonsOf(report: CompatibilityReport): string[] {
  const said = [...report.problems, ...warningsOf(report)].map(({ message, line }) =>
    line === null ? message : `Line ${line}: ${message}`,
  );
  return said.length <= SHOWN ? said : [...said.slice(0, SHOWN), `And ${said.length - SHOWN} more.`];
}

export function importSentence(files: number, chosen: number): string {
  if (files === 0) return 'Each file is checked before anything is saved.';
  if (files === chosen) return `All ${plural(files, 'file')} can be imported.`;
  return `${plural(chosen, 'document')} of ${plural(files, 'file')} can be imported. The others stay out.`;
}
