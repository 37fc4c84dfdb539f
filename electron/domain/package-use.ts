import type { DocumentContent } from '../../agent/document/document.ts';
import { partsOf } from '../../agent/document/document.ts';
import { wholeToken } from '../../agent/document/tokens.ts';

/** What a step names of a package; `version` is empty where it takes the default one. */
export type PackageUse = { name: string; version: string };

/** As an association writes them. */
type Written = Readonly<Record<string, readonly string[]>>;

function textOf(value: unknown, { parameters }: DocumentContent, written: Written): string | null {
  if (typeof value !== 'string') return null;
  const token = wholeToken(value);
  if (token === null) return value;
  const sent = Object.hasOwn(written, token) ? written[token]?.[0] : undefined;
  if (sent !== undefined) return sent;
  const fallback = Object.hasOwn(parameters, token) ? parameters[token]?.default : undefined;
  return typeof fallback === 'string' ? fallback : null;
}

/** The packages that a document installs or removes with these parameters. */
export function packagesOf(document: DocumentContent, written: Written): PackageUse[] {
  return document.mainSteps
    .filter(({ action }) => action === 'aws:configurePackage')
    .flatMap(partsOf)
    .flatMap(({ name, version }) => {
      const named = textOf(name, document, written);
      return named === null || named === '' ? [] : [{ name: named, version: textOf(version, document, written) ?? '' }];
    });
}
