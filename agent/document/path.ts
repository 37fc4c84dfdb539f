import { shortJson } from './compact-json.ts';

/** The way from the top of a document to one of its parts. */
export type Path = readonly (string | number)[];

/** `mainSteps[0].inputs.runCommand[1]`; empty for the document itself. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = /^[\w-]{1,128}$/.test(part) ? part : shortJson(part);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** How a sentence about that part begins. */
export function pathSubject(path: Path): string {
  return path.length === 0 ? 'The document' : pathText(path);
}

/** Undefined where the path leads nowhere. Own properties only: a document may have a key named `constructor`. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.getOwnPropertyDescriptor(value, part)?.value;
  }, root);
}
