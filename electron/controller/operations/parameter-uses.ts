import type { ParameterReference } from '../../../agent/document/parameter-references.ts';
import type { AssociationId } from '../../../agent/protocol/ids.ts';
import type { Change } from '../../api/changes.ts';
import type { Association } from '../../domain/association.ts';
import { Fault } from '../../domain/faults.ts';
import type { DocumentReferences } from '../../domain/run-values.ts';
import { documentReferences, runReferences } from '../../domain/run-values.ts';
import type { ChangeBroadcast } from '../ports/change-feed.ts';
import type { Stores } from '../store/stores.ts';
import type { DocumentLibrary } from './document-library.ts';

type UseSources = { stores: Pick<Stores, 'associations'>; library: Pick<DocumentLibrary, 'find'> };

/** What one association reads from Parameter Store when it runs. */
export type ParameterUse = { associationId: AssociationId; references: readonly ParameterReference[] };

/**
 * Who reads which parameter. Read from the store once; after a change only what it touched is looked at again, and a document is
 * understood once for each of its contents, however many associations follow it.
 */
export type ParameterUses = {
  /** Of the associations that read the parameter, in whatever version. */
  of(name: string): readonly ParameterUse[];
};

type Known = ParameterUse & { documentNames: readonly string[] };

const NO_REFERENCES: DocumentReferences = { steps: [], defaults: [] };

/** Values by a key, the values of each once. */
class Groups<Value> {
  readonly #groups = new Map<string, Set<Value>>();

  get(key: string): ReadonlySet<Value> {
    return this.#groups.get(key) ?? new Set();
  }

  add(key: string, value: Value): void {
    const group = this.#groups.get(key) ?? new Set();
    this.#groups.set(key, group.add(value));
  }

  delete(key: string, value: Value): void {
    const group = this.#groups.get(key);
    group?.delete(value);
    if (group?.size === 0) this.#groups.delete(key);
  }
}

class UsesByParameter implements ParameterUses {
  readonly #sources: UseSources;
  readonly #known = new Map<AssociationId, Known>();
  readonly #byParameter = new Groups<AssociationId>();
  readonly #byDocument = new Groups<AssociationId>();
  readonly #ofContent = new Map<string, DocumentReferences>();
  /** Null: nothing is known yet. */
  #changed: Set<AssociationId> | null = null;

  constructor(sources: UseSources) {
    this.#sources = sources;
  }

  of(name: string): readonly ParameterUse[] {
    this.#refresh();
    return [...this.#byParameter.get(name)].flatMap((associationId) => this.#known.get(associationId) ?? []);
  }

  heard(change: Change): void {
    if (this.#changed === null) return;
    if (change.kind === 'association') this.#changed.add(change.associationId);
    if (change.kind === 'document') for (const associationId of this.#byDocument.get(change.name)) this.#changed.add(associationId);
  }

  #refresh(): void {
    const { associations } = this.#sources.stores;
    if (this.#changed === null) {
      this.#changed = new Set();
      // By document, so that each is understood once however many there are.
      const all = associations.list().sort((a, b) => (a.documentName < b.documentName ? -1 : 1));
      for (const association of all) this.#learn(association);
      return;
    }
    for (const associationId of this.#changed) {
      this.#forget(associationId);
      const association = associations.find(associationId);
      if (association !== null) this.#learn(association);
    }
    this.#changed.clear();
  }

  #learn(association: Association): void {
    const { associationId, parameters } = association;
    const { references: ofDocument, names } = this.#documentOf(association);
    const references = runReferences(ofDocument, parameters);
    this.#known.set(associationId, { associationId, references, documentNames: names });
    for (const { name } of references) this.#byParameter.add(name, associationId);
    for (const name of names) this.#byDocument.add(name, associationId);
  }

  #forget(associationId: AssociationId): void {
    const known = this.#known.get(associationId);
    if (known === undefined) return;
    for (const { name } of known.references) this.#byParameter.delete(name, associationId);
    for (const name of known.documentNames) this.#byDocument.delete(name, associationId);
    this.#known.delete(associationId);
  }

  /** `names`: under which the document is told of, its own and the one that the association asks it by. */
  #documentOf({ documentName, documentVersion }: Association): { references: DocumentReferences; names: string[] } {
    try {
      const { document, version, content } = this.#sources.library.find(documentName, documentVersion);
      const references = this.#ofContent.get(version.hash) ?? documentReferences(content);
      this.#ofContent.set(version.hash, references);
      return { references, names: [...new Set([documentName, document.name])] };
    } catch (cause) {
      // Not there, or not readable any more: the run will say so.
      if (!(cause instanceof Fault)) throw cause;
      return { references: NO_REFERENCES, names: [documentName] };
    }
  }
}

export function createParameterUses({ changes, ...sources }: UseSources & { changes: Pick<ChangeBroadcast, 'listen'> }): ParameterUses {
  const uses = new UsesByParameter(sources);
  changes.listen((change) => uses.heard(change));
  return uses;
}
