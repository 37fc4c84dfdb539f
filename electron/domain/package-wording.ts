/** The part of the faults' wording that is about the package store. */
export const packageWording = {
  'E-QUESTION-STEP': (f: { executionId: string; stepIndex: number }) => ({
    title: `Step ${f.stepIndex} of execution ${f.executionId} has no action that asks this.`,
    remedy: 'If this happens again, look at what runs on that node: an agent asks only what its steps need.',
  }),
  'E-BLOB-UNKNOWN': (f: { sha256: string }) => ({
    title: `There is no file with the SHA-256 ${f.sha256.slice(0, 64)} in the package store.`,
    remedy: 'Add the package again on the Packages page.',
  }),
  'E-PACKAGE-UNKNOWN': (f: { name: string }) => ({
    title: `There is no package named “${f.name}”.`,
    remedy: 'Choose one from the Packages page, or add it there.',
  }),
  'E-PACKAGE-VERSION-UNKNOWN': (f: { name: string; version: string }) => ({
    title: `Package “${f.name}” has no version ${f.version}.`,
    remedy: 'Choose one of its versions, or leave the version out for the default one.',
  }),
  'E-PACKAGE-VERSION-EXISTS': (f: { name: string; version: string }) => ({
    title: `Package “${f.name}” has a version ${f.version} already.`,
    remedy: 'Give the new one another version, or delete that version first.',
  }),
  'E-PACKAGE-PLATFORM': (f: { name: string; version: string; platform: string; release: string; architecture: string }) => ({
    title: `Package “${f.name}” ${f.version} has no file for ${f.platform} ${f.release} on ${f.architecture}.`,
    remedy: 'Add a version with a file for that platform, or target other nodes.',
  }),
  'E-PACKAGE-INVALID': (f: { problems: readonly string[] }) => ({
    title: f.problems[0] ?? 'The package cannot be used.',
    remedy: 'Correct the files, then add the package again: nothing of it was kept.',
  }),
  'E-PACKAGE-LIMIT': (f: { problem: string }) => ({ title: f.problem, remedy: 'Delete packages or versions that nothing uses.' }),
  'E-PACKAGE-QUOTA': (f: { quotaBytes: number; usedBytes: number; wantedBytes: number }) => ({
    title: `The package store would hold ${megabytes(f.usedBytes + f.wantedBytes)}; ${megabytes(f.quotaBytes)} are allowed.`,
    remedy: 'Delete versions that nothing uses, then add it again.',
  }),
  'E-PACKAGE-IN-USE': (f: { name: string; users: number }) => ({
    title: `${f.users} ${f.users === 1 ? 'association or document uses' : 'associations and documents use'} the package “${f.name}”.`,
    remedy: 'Change them first, or say that it shall be deleted all the same: their next run then fails.',
  }),
  'E-PACKAGE-DEFAULT': (f: { name: string; version: string }) => ({
    title: `Version ${f.version} is the default version of “${f.name}”.`,
    remedy: 'Make another version the default one first, or delete the whole package.',
  }),
  'E-UPLOAD-UNKNOWN': () => ({
    title: 'This upload is over or was given up.',
    remedy: 'Choose the file again.',
  }),
  'E-UPLOAD-OFFSET': (f: { expected: number; got: number }) => ({
    title: `A part of the file came out of turn (${f.got} instead of ${f.expected}).`,
    remedy: 'Choose the file again.',
  }),
  'E-UPLOAD-SIZE': (f: { fileName: string; bytes: number; limit: number }) => ({
    title: `“${f.fileName}” has ${f.bytes} bytes; a file of a package has 1 to ${f.limit}.`,
    remedy: 'Split the package, or choose the right file.',
  }),
  'E-UPLOADS-MANY': (f: { limit: number }) => ({
    title: `${f.limit} uploads are on their way already.`,
    remedy: 'Wait until they are over, or cancel one.',
  }),
};

const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;
