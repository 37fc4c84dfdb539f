import * as z from 'zod';
import { AssociationId } from '../../agent/protocol/ids.ts';
import { PARAMETER_NAMES_PER_CALL, Parameter, ParameterDraft, ParameterType } from '../domain/parameter.ts';
import { call, PageInput, pageOf } from './call.ts';

/** The value of a SecureString is null wherever it was not asked for by itself. */
export const ParameterRow = z.object({
  ...Parameter.shape,
  value: z.string().nullable(),
  /** How many associations read it when they run. */
  usedBy: z.number(),
});
export type ParameterRow = z.infer<typeof ParameterRow>;

export const ParameterDetail = z.object({
  ...ParameterRow.shape,
  users: z.array(
    z.object({
      associationId: AssociationId,
      title: z.string(),
      /** Versions that it names by their numbers; null stands for whichever is the newest. */
      versions: z.array(z.number().nullable()),
    }),
  ),
});
export type ParameterDetail = z.infer<typeof ParameterDetail>;

export const ParameterVersionRow = z.object({
  version: z.number(),
  value: z.string().nullable(),
  description: z.string(),
  allowedPattern: z.string().nullable(),
  lastModifiedAt: z.date(),
});
export type ParameterVersionRow = z.infer<typeof ParameterVersionRow>;

const Name = z.string().min(1).max(1011);

export const parameters = {
  /** DescribeParameters and GetParametersByPath. */
  list: call
    .input(
      z.strictObject({
        ...PageInput.shape,
        search: z.string().max(200),
        /** Only those below this level; null for all. */
        path: Name.nullable(),
        recursive: z.boolean(),
        type: ParameterType.nullable(),
        sort: z.enum(['name', 'type', 'lastModifiedAt']),
        order: z.enum(['ascending', 'descending']),
      }),
    )
    .output(pageOf(ParameterRow)),
  /** Every level of every hierarchy, with how many parameters are below it. */
  paths: call.output(z.array(z.object({ path: z.string(), parameters: z.number() }))),
  /** What an editor offers while a name is typed: at most 20. */
  names: call.input(z.strictObject({ text: z.string().max(200) })).output(z.array(z.object({ name: z.string(), type: ParameterType }))),
  get: call.input(z.strictObject({ name: Name })).output(ParameterDetail),
  /** GetParameterHistory, newest first. */
  history: call.input(z.strictObject({ name: Name })).output(z.array(ParameterVersionRow)),
  /** PutParameter. Without `expectedVersion` it creates; with one it overwrites, and only while that version is the newest. */
  put: call.input(z.strictObject({ draft: ParameterDraft, expectedVersion: z.number().int().positive().nullable() })).output(ParameterRow),
  /** The one call that answers the value of a SecureString. It is written into the log that it was asked. */
  reveal: call.input(z.strictObject({ name: Name, version: z.number().int().positive() })).output(z.object({ value: z.string() })),
  /** DeleteParameters. `invalid` are names that there were not. */
  delete: call
    .input(z.strictObject({ names: z.array(Name).min(1).max(PARAMETER_NAMES_PER_CALL) }))
    .output(z.object({ deleted: z.array(z.string()), invalid: z.array(z.string()) })),
};
