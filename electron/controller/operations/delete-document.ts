import type { Association } from '../../domain/association.ts';
import { contentFacts, readContent } from '../../domain/document-content.ts';
import { Fault } from '../../domain/faults.ts';
import type { StoredDocument } from '../store/document-store.ts';
import { associationsNaming } from './calendar-agenda.ts';
import type { Context } from './context.ts';
import type { FollowerContext } from './document-followers.ts';
import { followersOf, runFollowers } from './document-followers.ts';
import { ownDocument } from './save-document.ts';

/** The whole document; or one version of it, by its number or by its name. */
export type DocumentDeletion = { name: string; documentVersion: number | null; versionName: string | null };

type Stored = Pick<Context, 'stores'>;
type DeleteContext = Stored & Pick<Context, 'index'>;

/** The version that is meant; null for all of them. */
function meantVersion({ stores }: Stored, { name, documentVersion, versionName }: DocumentDeletion): number | null {
  if (versionName === null) {
    if (documentVersion === null || stores.documents.version(name, documentVersion) !== null) return documentVersion;
    throw new Fault('InvalidDocumentVersion', { name, version: String(documentVersion) });
  }
  const named = stores.documents.versionNamed(name, versionName);
  if (named === null || (documentVersion !== null && documentVersion !== named.documentVersion)) {
    throw new Fault('InvalidDocumentVersion', { name, version: versionName });
  }
  return named.documentVersion;
}

/** Nodes still run it, also for an association that was deleted: what they report is understood by it. */
function refuseWhileRunning({ stores }: Stored, name: string, version: number | null): void {
  const isRunning = stores.executions
    .unfinished()
    .some((execution) => execution.documentName === name && (version === null || execution.documentVersion === version));
  if (isRunning) throw new Fault('InvalidDocumentOperation', { name, because: 'an execution of it is not over yet' });
}

/** A calendar that is deleted counts as closed, so one that associations wait for is not deleted under them (spec.md 11). */
const waitingFor = (context: DeleteContext, name: string): number => associationsNaming(context, name).length;

function deleteWhole(context: DeleteContext, { name }: StoredDocument): void {
  const associations = context.stores.associations.usingDocument(name).length + waitingFor(context, name);
  if (associations > 0) throw new Fault('AssociatedInstances', { name, associations });
  refuseWhileRunning(context, name, null);
  context.stores.documents.delete(name);
}

/** What keeps one of several versions from being deleted. */
function checkVersionDeletion(context: DeleteContext, { name, defaultVersion }: StoredDocument, version: number): void {
  if (version === defaultVersion) {
    throw new Fault('InvalidDocumentOperation', { name, because: 'its default version cannot be deleted while it has others' });
  }
  const associations = context.index
    .associations()
    .filter(({ association }) => association.documentName === name && association.documentVersion === String(version)).length;
  if (associations > 0) throw new Fault('AssociatedInstances', { name, associations, version });
  refuseWhileRunning(context, name, version);
}

/** The associations that would run with another version if this one were deleted; a deletion that would be refused is refused here too. */
export function runningWithout(context: DeleteContext, name: string, version: number): Association[] {
  const document = ownDocument(context, name);
  meantVersion(context, { name, documentVersion: version, versionName: null });
  if (context.stores.documents.countVersions(name) === 1) return [];
  checkVersionDeletion(context, document, version);
  return version === document.latestVersion ? followersOf(context, name, '$LATEST') : [];
}

function deleteVersion(context: FollowerContext, { name, latestVersion: before, ...document }: StoredDocument, version: number): void {
  const remaining = context.stores.documents.versions(name).filter((line) => line.documentVersion !== version);
  const latestVersion = Math.max(...remaining.map((line) => line.documentVersion));
  const latest = context.stores.documents.version(name, latestVersion);
  const read = latest === null ? null : readContent({ ...latest, documentType: document.documentType });
  const { description, platformTypes } = read?.ok ? contentFacts(read.content) : document;
  context.stores.documents.deleteVersion({ name, documentVersion: version }, { name, latestVersion, description, platformTypes });
  if (version === before) runFollowers(context, name, '$LATEST');
}

/** In one commit with the runs of those that follow the newest version, where that is another one then. */
export function deleteDocument(context: FollowerContext, input: DocumentDeletion): void {
  const { name } = input;
  context.transaction(() => {
    const document = ownDocument(context, name);
    const version = meantVersion(context, input);
    if (version === null || context.stores.documents.countVersions(name) === 1) return deleteWhole(context, document);
    checkVersionDeletion(context, document, version);
    deleteVersion(context, document, version);
  });
  context.changes.publish({ kind: 'document', name });
}
