import type { Context } from './context.ts';

/** How a step names the document that it runs, without its version: `name`, or the end of an ARN. */
const bareName = (path: unknown): string | null => {
  if (typeof path !== 'string') return null;
  const [name = ''] = path.replace(/^arn:[^/]*\/?/, '').split(/[:$]/);
  return name === '' ? null : name;
};

/** The documents whose default version runs this one in a step (aws:runDocument). */
export function documentsRunning({ stores, library }: Pick<Context, 'stores' | 'library'>, name: string): string[] {
  return stores.documents
    .list()
    .filter(({ name: other, aliasOf, documentType, defaultVersion }) => {
      if (other === name || aliasOf !== null || (documentType !== 'Command' && documentType !== 'Policy')) return false;
      // Looked for in the text first: most documents run no others, and need not be understood for that.
      const text = stores.documents.version(other, defaultVersion)?.content ?? '';
      if (!text.includes('aws:runDocument') || !text.includes(name)) return false;
      const steps = library.steps(other, defaultVersion) ?? [];
      return steps.some(({ action, inputs }) => action === 'aws:runDocument' && bareName(inputs.documentPath) === name);
    })
    .map(({ name: other }) => other);
}
