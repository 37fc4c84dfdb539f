import type { DocumentContent } from '../../../agent/document/document.ts';
import { utf8Bytes } from '../../../agent/document/document-size.ts';
import { checks } from '../../../agent/document/known-actions.ts';
import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { describeSchedule, nextRuns } from '../../../agent/schedule/schedule.ts';
import type { AssociationPreview } from '../../api/associations.ts';
import { runsOnSave } from '../../domain/association.ts';
import type { CheckedDraft, DraftFacts } from '../../domain/association-check.ts';
import { checkDraft } from '../../domain/association-check.ts';
import { Fault } from '../../domain/faults.ts';
import type { FleetMember } from '../../domain/fleet-index.ts';
import { matchingNodes } from '../../domain/fleet-index.ts';
import { rateLimits } from '../../domain/rate-control.ts';
import { describeSelection } from '../../domain/target.ts';
import { calendarNameOf } from './calendar-library.ts';
import type { Context } from './context.ts';
import { inventoryAssociations } from './inventory-associations.ts';

/** How many matching nodes and next runs a preview names. */
const NODES_SHOWN = 100;
const RUNS_SHOWN = 5;

export type CheckContext = Pick<Context, 'clock' | 'index' | 'library' | 'stores'>;

/** `own` is the association that the draft is of; it does not stand in its own way. */
function factsFor(context: CheckContext, own: AssociationId | null): DraftFacts {
  const { clock, index, library, stores } = context;
  return {
    now: clock.now(),
    storedType: ({ name, version }) => {
      const parameter = stores.parameters.find(name);
      const isThere = version === null || stores.parameters.version(name, version) !== null;
      return parameter !== null && isThere ? parameter.type : null;
    },
    knowsNode: (nodeId) => index.fleet().members.has(nodeId),
    calendar(name) {
      const document = stores.documents.find(calendarNameOf(name));
      if (document === null) return 'unknown';
      return document.documentType === 'ChangeCalendar' ? 'calendar' : 'other-document';
    },
    knowsOutputStore: (name) => stores.outputDestinations.find(name) !== null,
    platformOf: (nodeId) => stores.nodes.find(nodeId)?.platformType ?? null,
    inventoryAssociations: () => inventoryAssociations(context).filter(({ associationId }) => associationId !== own),
    knowsGroup: (name) => index.group(name) !== null,
    document(name, versionChoice) {
      try {
        const { content, version } = library.find(name, versionChoice);
        return { ok: true, content, bytes: utf8Bytes(version.content) };
      } catch (cause) {
        if (!(cause instanceof Fault)) throw cause;
        const code = cause.code === 'InvalidDocumentVersion' ? 'InvalidDocumentVersion' : 'InvalidDocument';
        return { ok: false, code, message: cause.message };
      }
    },
  };
}

export const checkAssociation = (context: CheckContext, draft: unknown, own: AssociationId | null): CheckedDraft =>
  checkDraft(draft, factsFor(context, own));

export const NO_SCHEDULE_TEXT = 'Once, when it is saved';

/** As a person looks a machine up: lab-2 before lab-10. */
const names = new Intl.Collator('en', { numeric: true });
const byName = (a: FleetMember, b: FleetMember): number => names.compare(a.name, b.name);

/** Matching nodes as a preview shows them: all counted, the first of them by name. */
export function matchingPreview(
  { stores, link }: Pick<Context, 'stores' | 'link'>,
  members: readonly FleetMember[],
): AssociationPreview['matching'] {
  const samples = new Set(stores.nodes.byOrigin('SampleLab').map((node) => node.nodeId));
  return {
    total: members.length,
    online: members.filter(({ nodeId }) => link.isConnected(nodeId)).length,
    nodes: [...members]
      .sort(byName)
      .slice(0, NODES_SHOWN)
      .map(({ nodeId, name }) => ({
        nodeId,
        name,
        online: link.isConnected(nodeId),
        isSample: samples.has(nodeId),
      })),
  };
}

function auditOf(content: DocumentContent | null): AssociationPreview['audit'] {
  const steps = content?.mainSteps ?? [];
  const names = (areChecks: boolean) => steps.filter(({ action }) => checks(action) === areChecks).map(({ name }) => name);
  return { checking: names(true), leftOut: names(false) };
}

/** What saving the draft would do, as far as the draft can be understood. */
export function previewAssociation(
  context: CheckContext & Pick<Context, 'stores' | 'link'>,
  input: { associationId: AssociationId | null; draft: unknown },
): AssociationPreview {
  const { problems, draft, selection, schedule, content } = checkAssociation(context, input.draft, input.associationId);
  const now = context.clock.now();
  const members = selection === null ? [] : matchingNodes(context.index.fleet(), context.index.resolve(selection).selection);
  const saved = input.associationId === null ? null : context.stores.associations.find(input.associationId);
  const settings = { maxConcurrency: draft?.maxConcurrency ?? null, maxErrors: draft?.maxErrors ?? null };
  const limits = rateLimits({ ...settings, targets: members.length });
  return {
    problems: [...problems],
    targetText: selection === null ? '' : describeSelection(selection),
    matching: matchingPreview(context, members),
    scheduleText: schedule !== null ? describeSchedule(schedule) : draft?.scheduleExpression === null ? NO_SCHEDULE_TEXT : '',
    nextRuns: schedule === null ? [] : nextRuns(schedule, now, RUNS_SHOWN),
    runsOnSave: draft !== null && runsOnSave(saved, draft),
    concurrency: limits.concurrency,
    toleratedErrors: limits.toleratedErrors,
    audit: auditOf(content),
  };
}
