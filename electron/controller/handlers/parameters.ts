import type { ParameterDetail, ParameterRow, ParameterVersionRow } from '../../api/parameters.ts';
import { associationTitle } from '../../domain/association.ts';
import { Fault } from '../../domain/faults.ts';
import type { ParameterType } from '../../domain/parameter.ts';
import { parameterPaths } from '../../domain/parameter.ts';
import type { Context } from '../operations/context.ts';
import { deleteParameters } from '../operations/delete-parameters.ts';
import { revealParameter } from '../operations/parameter-values.ts';
import { putParameter } from '../operations/put-parameter.ts';
import type { StoredParameter, StoredParameterVersion } from '../store/parameter-store.ts';
import { os } from './implementer.ts';

/** How many names an editor is offered. */
const NAMES_OFFERED = 20;

/** What a window gets without asking for a secret: of a SecureString not even what is stored. */
const shownValue = (type: ParameterType, storedValue: string): string | null => (type === 'SecureString' ? null : storedValue);

function parameterRow({ parameterUses }: Pick<Context, 'parameterUses'>, { storedValue, ...parameter }: StoredParameter): ParameterRow {
  return { ...parameter, value: shownValue(parameter.type, storedValue), usedBy: parameterUses.of(parameter.name).length };
}

function parameterDetail(context: Context, name: string): ParameterDetail {
  const users = context.parameterUses.of(name).flatMap(({ associationId, references }) => {
    const association = context.stores.associations.find(associationId);
    if (association === null) return [];
    const versions = references.filter((reference) => reference.name === name).map(({ version }) => version);
    return [{ associationId, title: associationTitle(association), versions }];
  });
  users.sort((a, b) => (a.title < b.title ? -1 : 1));
  return { ...parameterRow(context, storedParameter(context, name)), users };
}

const versionRow = (type: ParameterType, { storedValue, ...version }: StoredParameterVersion): ParameterVersionRow => ({
  ...version,
  value: shownValue(type, storedValue),
});

function storedParameter({ stores }: Pick<Context, 'stores'>, name: string): StoredParameter {
  const parameter = stores.parameters.find(name);
  if (parameter === null) throw new Fault('ParameterNotFound', { name });
  return parameter;
}

export const parameterHandlers = {
  list: os.parameters.list.handler(({ context: { site }, input }) => {
    const { rows, total } = site.context.stores.parameters.page(input);
    return { rows: rows.map((parameter) => parameterRow(site.context, parameter)), total };
  }),
  paths: os.parameters.paths.handler(({ context: { site } }) => parameterPaths(site.context.stores.parameters.names())),
  names: os.parameters.names.handler(({ context: { site }, input }) => site.context.stores.parameters.namesWith(input.text, NAMES_OFFERED)),
  get: os.parameters.get.handler(({ context: { site }, input }) => parameterDetail(site.context, input.name)),
  history: os.parameters.history.handler(({ context: { site }, input }) => {
    const { type } = storedParameter(site.context, input.name);
    return site.context.stores.parameters.versions(input.name).map((version) => versionRow(type, version));
  }),
  put: os.parameters.put.handler(({ context: { site }, input }) => {
    putParameter(site.context, input);
    return parameterRow(site.context, storedParameter(site.context, input.draft.name));
  }),
  reveal: os.parameters.reveal.handler(({ context: { site }, input }) => ({ value: revealParameter(site.context, input) })),
  delete: os.parameters.delete.handler(({ context: { site }, input }) => deleteParameters(site.context, input.names)),
};
