import * as z from 'zod';
import {
  type ActionDeclaration,
  everywhere,
  type Fit,
  Flag,
  flowFits,
  flowInputs,
  mapFit,
  PlainText,
  textFit,
} from './action-declaration.ts';
import type { Path } from './path.ts';
import { strictMap, tolerantMap } from './violation.ts';

/*
 * What aws:downloadContent works with (spec.md 8.9). Beyond AWS's fields, ours: `server` of GitHub, which names another one;
 * `allowInsecureDownload` of everything that goes by HTTP; `sha256` of a single file; `endpoint`, `region`, `username` and
 * `password` (access key and secret key) of S3, for stores that are not Amazon's.
 */

const Text = PlainText.trim().max(4096);
const Required = Text.min(1, 'must not be empty');
/** Empty text is nothing: a document passes on a parameter that nobody gave. */
const Optional = Text.optional().transform((given) => (given === '' ? undefined : given));
const Secret = PlainText.max(32_768)
  .optional()
  .transform((given) => (given === '' ? undefined : given));
const IsAllowed = z.union([Flag, z.literal('').transform(() => false)], 'must be true or false').default(false);
const Sha256 = z
  .union(
    [z.string().regex(/^[0-9a-fA-F]{64}$/, 'must be a SHA-256, 64 hexadecimal digits'), z.literal('').transform(() => undefined)],
    'must be a SHA-256, 64 hexadecimal digits',
  )
  .optional();

/** `branch:name` or `commitID:id`, as AWS writes them. */
const GetOptions = Optional.refine(
  (given) => given === undefined || /^(branch:(refs\/heads\/)?[A-Za-z0-9][\w./+@-]{0,254}|commitID:[0-9a-fA-F]{7,64})$/.test(given),
  'must be branch:<name> or commitID:<id>',
);

const OneWord = Required.regex(/^[A-Za-z0-9][\w.-]*$/, 'must be one word of letters, digits, ".", "_" and "-"');

const sources = {
  GitHub: tolerantMap({
    owner: OneWord,
    repository: OneWord,
    path: Optional,
    getOptions: GetOptions,
    tokenInfo: Secret,
    server: Optional,
    allowInsecureDownload: IsAllowed,
  }),
  Git: tolerantMap({
    repository: Required,
    getOptions: GetOptions,
    privateSSHKey: Secret,
    skipHostKeyChecking: IsAllowed,
    username: Secret,
    password: Secret,
    allowInsecureDownload: IsAllowed,
  }),
  HTTP: tolerantMap({
    url: Required,
    authMethod: z
      .enum(['None', 'Basic', 'Digest', ''])
      .default('None')
      .transform((given) => (given === '' ? 'None' : given)),
    username: Secret,
    password: Secret,
    allowInsecureDownload: IsAllowed,
    sha256: Sha256,
  }),
  S3: tolerantMap({
    path: Required,
    endpoint: Optional,
    region: Optional,
    username: Secret,
    password: Secret,
    allowInsecureDownload: IsAllowed,
    sha256: Sha256,
  }),
  SSMDocument: tolerantMap({ name: Required.max(300) }),
} as const;

export type SourceType = keyof typeof sources;
export type GitHubSource = z.infer<typeof sources.GitHub>;
export type GitSource = z.infer<typeof sources.Git>;
export type HttpSource = z.infer<typeof sources.HTTP>;
export type S3Source = z.infer<typeof sources.S3>;
export type DocumentSource = z.infer<typeof sources.SSMDocument>;

export type ContentSource =
  | ({ type: 'GitHub' } & GitHubSource)
  | ({ type: 'Git' } & GitSource)
  | ({ type: 'HTTP' } & HttpSource)
  | ({ type: 'S3' } & S3Source)
  | ({ type: 'SSMDocument' } & DocumentSource);

const SOURCE_TYPES = ['GitHub', 'Git', 'HTTP', 'S3', 'SSMDocument'] as const;

const NOT_A_MAP = 'must be a map, or a map as JSON text';

/** A map, also as JSON text, in which AWS's own documents write it. */
const SourceInfo = z.preprocess(mapOfJson, z.record(z.string(), z.unknown(), NOT_A_MAP));

function mapOfJson(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    const map: unknown = JSON.parse(given);
    return typeof map === 'object' ? map : given;
  } catch {
    // The schema says what it should be.
    return given;
  }
}

const WrittenInputs = strictMap({
  sourceType: z.enum(SOURCE_TYPES),
  sourceInfo: SourceInfo,
  destinationPath: PlainText.max(4096).default(''),
  ...flowInputs,
});

function sourceOf(type: SourceType, info: unknown): z.ZodSafeParseResult<ContentSource> {
  switch (type) {
    case 'GitHub':
      return sources.GitHub.transform((source) => ({ type, ...source })).safeParse(info);
    case 'Git':
      return sources.Git.transform((source) => ({ type, ...source })).safeParse(info);
    case 'HTTP':
      return sources.HTTP.transform((source) => ({ type, ...source })).safeParse(info);
    case 'S3':
      return sources.S3.transform((source) => ({ type, ...source })).safeParse(info);
    case 'SSMDocument':
      return sources.SSMDocument.transform((source) => ({ type, ...source })).safeParse(info);
  }
}

export interface DownloadInputs {
  readonly source: ContentSource;
  readonly destinationPath: string;
}

export const DownloadInputs: z.ZodType<DownloadInputs> = WrittenInputs.transform(({ sourceType, sourceInfo, destinationPath }, context) => {
  const source = sourceOf(sourceType, sourceInfo);
  if (source.success) return { source: source.data, destinationPath };
  for (const issue of source.error.issues) {
    const field = issue.path.map(String).join('.');
    const message = issue.code === 'invalid_type' ? 'is missing, or is no text' : issue.message;
    // Of JSON text the trouble is in the text as a whole: nobody wrote a key there.
    context.addIssue({ code: 'custom', path: ['sourceInfo'], message: `for ${sourceType}: ${field} ${message}` });
  }
  return z.NEVER;
});

const fits: Record<keyof z.infer<typeof WrittenInputs>, Fit> = {
  sourceType: textFit,
  sourceInfo: mapFit,
  destinationPath: textFit,
  ...flowFits,
};

/** Where AWS takes secrets by reference, and they alone. */
const CREDENTIALS: readonly unknown[] = ['tokenInfo', 'username', 'password', 'privateSSHKey'];

const takesSecret = ([input, field, ...below]: Path): boolean =>
  input === 'sourceInfo' && CREDENTIALS.includes(field) && below.length === 0;

function limits({ sourceType }: Readonly<Record<string, unknown>>): readonly string[] {
  switch (sourceType) {
    case 'GitHub':
      return [
        'fetches with the git program from github.com, or from the Git server that sourceInfo names as server: a lab without internet needs the latter, or a url.<base>.insteadOf in the node’s git configuration',
      ];
    case 'Git':
      return ['needs the git program on the node, leaves submodules out and writes symbolic links as small text files'];
    case 'S3':
      return [
        'reads from the S3-compatible store that sourceInfo names in path or endpoint, with username and password as its keys or with none: an instance profile means nothing here',
      ];
    default:
      return [];
  }
}

/** At AWS not on macOS, where nothing of it is different. */
export const downloadContent: ActionDeclaration<DownloadInputs> = {
  platforms: everywhere,
  inputs: DownloadInputs,
  fits,
  canCheck: false,
  takesSecret,
  limits,
};
