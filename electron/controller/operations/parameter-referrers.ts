import { referenceOf, referencesIn } from '../../../agent/document/parameter-references.ts';
import type { Association } from '../../domain/association.ts';
import type { Context } from './context.ts';
import { byTargetKind } from './serve-owed-runs.ts';

/** The associations whose runs take a parameter of the store, by their own parameters, in the order in which they start. */
export function referringAssociations({ index, stores }: Pick<Context, 'index' | 'stores'>, name: string): Association[] {
  return index
    .associations()
    .filter(({ association }) => referencesIn(association.parameters).some((reference) => referenceOf(reference).name === name))
    .sort(byTargetKind)
    .flatMap(({ association }) => stores.associations.find(association.associationId) ?? []);
}
