import { OwnDocumentName, VersionName } from '../../electron/domain/managed-document.ts';

/** What is wrong with a name for a document of one's own; null when it will do. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'Give the document a name.';
  const parsed = OwnDocumentName.safeParse(name);
  return parsed.success ? null : parsed.error.issues.map(({ message }) => message).join(' ');
}

/** What is wrong with the name of a version; none is as good as any. */
export function versionNameProblem(versionName: string): string | null {
  if (versionName === '') return null;
  const parsed = VersionName.safeParse(versionName);
  return parsed.success ? null : parsed.error.issues.map(({ message }) => message).join(' ');
}

const RESERVED_PREFIX = /^(aws|amazon|amzn|awsec2|awsconfigremediation|awssupport|holdfast)[-_.]*/i;
const LONGEST = 128;

/** A name for a copy that a site may give: without a prefix that only AWS and we give. */
export function copyNameOf(name: string): string {
  const bare = name.replace(RESERVED_PREFIX, '');
  const suggestion = `${bare.slice(0, LONGEST - '-copy'.length)}-copy`;
  return nameProblem(suggestion) === null ? suggestion : 'my-copy';
}
