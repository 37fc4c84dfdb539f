import { type Refused, readSource, refusedFor, type SourceText } from './located-problem.ts';
import { Runbook } from './runbook.ts';
import { brokenRunbookRules } from './runbook-rules.ts';
import { schemaViolation } from './schema-version.ts';
import { violationsOf } from './violation.ts';

export type ParsedRunbook = { readonly ok: true; readonly runbook: Runbook } | Refused;

/** A runbook as an author wrote it; or everything that is wrong with it, and where. */
export function parseRunbookSource(text: SourceText): ParsedRunbook {
  const reading = readSource(text);
  if (!reading.ok) return reading;
  const { source } = reading;
  const wrongSchema = schemaViolation(source.content, 'Automation');
  if (wrongSchema !== null) return refusedFor('InvalidDocumentSchemaVersion', [wrongSchema], source);
  const parsed = Runbook.safeParse(source.content);
  const violations = parsed.success ? brokenRunbookRules(parsed.data) : violationsOf(parsed.error, { root: source.content, at: [] });
  if (parsed.success && violations.length === 0) return { ok: true, runbook: parsed.data };
  return refusedFor('InvalidDocumentContent', violations, source);
}
