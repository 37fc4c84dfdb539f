import * as z from 'zod';
import {
  type ActionDeclaration,
  everywhere,
  type Fit,
  Flag,
  flagFit,
  flowFits,
  flowInputs,
  mapFit,
  PlainText,
  textFit,
} from './action-declaration.ts';
import { strictMap } from './violation.ts';

const ABSOLUTE = /^(\/|[A-Za-z]:[\\/])/;
const isClimbing = (path: string): boolean => path.split(/[\\/]/).includes('..');

export const AbsolutePath = PlainText.max(4096)
  .regex(ABSOLUTE, 'must be an absolute path')
  .refine((path) => !isClimbing(path), 'may not go up with ..');

/** Octal text: in YAML a bare 0644 is the number 644. */
const Mode = z.string('must be octal text such as "0644", in quotes').regex(/^[0-7]{3,4}$/, 'must be octal text such as "0644"');
/** A name, or an id as a number. */
export const AccountName = z
  .union([z.string(), z.number().int().min(0)], 'must be a name or an id')
  .transform(String)
  .pipe(z.string().regex(/^([A-Za-z_][A-Za-z0-9_.@-]{0,63}\$?|\d{1,10})$/, 'must be a name or an id'));

const FileShape = strictMap({
  path: AbsolutePath,
  ensure: z.enum(['present', 'absent', 'directory']).default('present'),
  /** The whole text of the file; tokens of parameters are filled in by the document's own interpolation. */
  content: PlainText.optional(),
  encoding: z.enum(['text', 'base64']).default('text'),
  /** The same, and never shown: where `{{ssm-secure:name}}` may stand. */
  secretContent: PlainText.optional(),
  /** A file on the node, relative to the downloads of the run. */
  source: PlainText.min(1)
    .max(4096)
    .refine((path) => !isClimbing(path), 'may not go up with ..')
    .optional(),
  /** Makes the source a template: {{ name }} in it is filled in. */
  values: z.record(z.string(), z.union([PlainText, z.number(), z.boolean()], 'must be text').transform(String)).optional(),
  mode: Mode.optional(),
  owner: AccountName.optional(),
  group: AccountName.optional(),
  backup: Flag.default(false),
  makeParents: Flag.default(false),
  recursive: Flag.default(false),
  showDifference: Flag.default(true),
  ...flowInputs,
});

/** What holdfast:file works with, after interpolation. */
export const FileInputs = FileShape.superRefine((inputs, context) => {
  const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const given = (['content', 'secretContent', 'source'] as const).filter((input) => inputs[input] !== undefined);
  if (given.length > 1) problem(given[1] ?? '', `cannot be given together with ${given[0]}`);
  if (inputs.ensure !== 'present' && given[0] !== undefined) problem(given[0], 'is for ensure: present alone');
  if (inputs.values !== undefined && inputs.source === undefined) problem('values', 'is for a source alone');
  if (inputs.recursive && inputs.ensure !== 'absent') problem('recursive', 'is for ensure: absent alone');
  if (inputs.encoding === 'base64' && inputs.content !== undefined && !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(inputs.content)) {
    problem('content', 'must be base64');
  }
});
export type FileInputs = z.infer<typeof FileInputs>;

const fits: Record<keyof FileInputs, Fit> = {
  path: textFit,
  ensure: textFit,
  content: textFit,
  encoding: textFit,
  secretContent: textFit,
  source: textFit,
  values: mapFit,
  mode: textFit,
  owner: { whole: ['String', 'Integer'], entry: [] },
  group: { whole: ['String', 'Integer'], entry: [] },
  backup: flagFit,
  makeParents: flagFit,
  recursive: flagFit,
  showDifference: flagFit,
  ...flowFits,
};

export const desiredFile: ActionDeclaration<FileInputs> = {
  platforms: everywhere,
  inputs: FileInputs,
  fits,
  canCheck: true,
  takesSecret: (path) => path.join() === 'secretContent',
};
