/** What a text that came from no file is called: bringing one in again replaces it. */
export const PASTED = 'pasted.ics';

const LONGEST = 128;
const SHORTEST = 3;

/** `Exams 2026.ics` is offered as `Exams-2026`: a name that a document may have, or none. */
export function nameFromFile(fileName: string): string {
  const name = fileName
    .replace(/\.[a-z]{2,4}$/i, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-zA-Z0-9_\-.]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, LONGEST);
  return name.length < SHORTEST ? '' : name;
}
