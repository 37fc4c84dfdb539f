import { createHash } from 'node:crypto';
import type { ActionContext } from './action.ts';

/** One thing of a node that a tool has looked at, as a compliance item of a custom type. */
export interface ReportedItem {
  readonly id: string;
  readonly title: string;
  /** Spelled as PutComplianceItems spells it. */
  readonly severity: string;
  readonly isCompliant: boolean;
  readonly details: Readonly<Record<string, string>>;
}

/** Limits of PutComplianceItems (spec.md 7.2). */
const LONGEST_ID = 100;
const LONGEST_TITLE = 500;
const LONGEST_DETAIL = 4096;
const MOST_ITEMS = 10_000;

/** Puts all items of a type in the place of those that the node had. False when the step's signal ended it. */
export async function putItems(
  { complianceType, items }: { complianceType: string; items: readonly ReportedItem[] },
  context: ActionContext,
): Promise<boolean> {
  if (context.controller === null) {
    context.stdout.write(Buffer.from('Run by hand, with no controller: no compliance is written.\n'));
    return true;
  }
  const entries = new Map<string, ReturnType<typeof entryOf>>();
  for (const item of items) {
    const entry = entryOf(item);
    // Of several with one id, one that is not as it should be is the one to know of.
    if (entries.get(entry.Id)?.Status !== 'NON_COMPLIANT') entries.set(entry.Id, entry);
  }
  const upload = { ComplianceType: complianceType, UploadType: 'COMPLETE', Items: [...entries.values()].slice(0, MOST_ITEMS) };
  const { executionId, stepIndex } = context.run;
  return (await context.controller.ask({ ask: 'compliance', executionId, stepIndex, upload }, context.signal)) !== null;
}

function entryOf({ id, title, severity, isCompliant, details }: ReportedItem) {
  return {
    Id: shortId(id),
    Title: plain(title).slice(0, LONGEST_TITLE),
    Severity: severity,
    Status: isCompliant ? 'COMPLIANT' : 'NON_COMPLIANT',
    Details: Object.fromEntries(
      Object.entries(details)
        .filter(([, value]) => value !== '')
        .map(([key, value]) => [key, plain(value).slice(0, LONGEST_DETAIL)]),
    ),
  };
}

/** Two long ids that begin alike stay two. */
function shortId(id: string): string {
  const shown = plain(id);
  if (shown.length <= LONGEST_ID) return shown;
  return `${shown.slice(0, LONGEST_ID - 13)}~${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
}

const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ');
