import * as z from 'zod';
import {
  type ActionDeclaration,
  everywhere,
  type Fit,
  Flag,
  flagFit,
  flowFits,
  flowInputs,
  listFit,
  textFit,
} from './action-declaration.ts';
import { AbsolutePath, AccountName } from './desired-file-inputs.ts';
import { wholeNumber } from './desired-package-inputs.ts';
import { strictMap } from './violation.ts';

const UserName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}\$?$/, 'must be the name of a user');
const list = <Entry extends z.ZodType>(entry: Entry) =>
  z.preprocess((given) => (typeof given === 'string' ? (given === '' ? [] : [given]) : given), z.array(entry).max(100));
/** Type, key in base64 and a comment, with options before them or without; one line, so that no second key hides in it. */
const PublicKey = z
  .string()
  .max(16_384)
  .regex(/^[^\0\r\n]*\b(ssh-|ecdsa-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,3}( [^\0\r\n]*)?$/, 'must be one line with a public key of OpenSSH');

const UserShape = strictMap({
  name: UserName,
  ensure: z.enum(['present', 'absent']).default('present'),
  uid: wholeNumber(0, 999_999).optional(),
  /** The first group; it has to be there. */
  group: AccountName.optional(),
  /** Further groups. Others that the user is in stay, unless exclusiveGroups is true. */
  groups: list(AccountName).optional(),
  exclusiveGroups: Flag.default(false),
  home: AbsolutePath.regex(/^[^:]*$/, 'may not have a colon').optional(),
  shell: AbsolutePath.regex(/^[^:]*$/, 'may not have a colon').optional(),
  comment: z
    .string()
    .max(200)
    .regex(/^[^:\0\r\n]*$/, 'must be one line without a colon')
    .optional(),
  /** Lines of ~/.ssh/authorized_keys. Others in it stay, unless exclusiveKeys is true. */
  sshAuthorizedKeys: list(PublicKey).optional(),
  exclusiveKeys: Flag.default(false),
  /** Whether its password is locked; keys still let it in. */
  locked: Flag.optional(),
  /** As crypt makes it, and never shown: where `{{ssm-secure:name}}` may stand. */
  passwordHash: z.string().max(1000).optional(),
  /** A user of the system: an id below those of people, and no home folder. */
  system: Flag.default(false),
  /** With ensure: absent, its home folder as well. */
  removeHome: Flag.default(false),
  ...flowInputs,
});

/** What holdfast:user works with, after interpolation. */
export const UserInputs = UserShape.superRefine(
  ({ ensure, removeHome, exclusiveGroups, groups, exclusiveKeys, sshAuthorizedKeys }, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (removeHome && ensure !== 'absent') problem('removeHome', 'is for ensure: absent alone');
    if (exclusiveGroups && groups === undefined) problem('exclusiveGroups', 'needs groups');
    if (exclusiveKeys && sshAuthorizedKeys === undefined) problem('exclusiveKeys', 'needs sshAuthorizedKeys');
  },
);
export type UserInputs = z.infer<typeof UserInputs>;

const fits: Record<keyof UserInputs, Fit> = {
  name: textFit,
  ensure: textFit,
  uid: { whole: ['String', 'Integer'], entry: [] },
  group: textFit,
  groups: listFit,
  exclusiveGroups: flagFit,
  home: textFit,
  shell: textFit,
  comment: textFit,
  sshAuthorizedKeys: listFit,
  exclusiveKeys: flagFit,
  locked: flagFit,
  passwordHash: textFit,
  system: flagFit,
  removeHome: flagFit,
  ...flowFits,
};

export const desiredUser: ActionDeclaration<UserInputs> = {
  platforms: everywhere,
  inputs: UserInputs,
  fits,
  canCheck: true,
  takesSecret: (path) => path.join() === 'passwordHash',
};
