import type { DocumentUpdate, NewDocument } from '../../electron/controller/operations/save-document.ts';

const content = (line: string, timeoutSeconds: number): string =>
  JSON.stringify({
    schemaVersion: '2.2',
    mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: [line], timeoutSeconds: String(timeoutSeconds) } }],
  });

/** A document of the site's own with one step. */
export const aDocument = ({ name = 'Lab-Document', line = 'exit 0', timeoutSeconds = 3600 } = {}): NewDocument => ({
  name,
  documentType: 'Command',
  displayName: null,
  versionName: null,
  format: 'JSON',
  content: content(line, timeoutSeconds),
});

/** Its next version, with another script. */
export const anotherVersion = ({ name = 'Lab-Document', line = 'exit 1', timeoutSeconds = 3600 } = {}): DocumentUpdate => ({
  name,
  documentVersion: '$LATEST',
  versionName: null,
  format: 'JSON',
  content: content(line, timeoutSeconds),
});
