import { expect, test } from 'vitest';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import { STARTER_DOCUMENTS } from '../../../electron/controller/starter-documents/starter-documents.ts';

test.each(STARTER_DOCUMENTS.map(({ name, content }) => [name, content] as const))(
  '%s is a document without a fault or a key that does nothing',
  (_, text) => {
    const parsed = parseDocumentSource({ text, format: 'YAML' });
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  },
);

/** As AWS has them: an association that names one keeps its parameters (spec.md section 9). */
test.each([
  ['AWS-RunShellScript', 'commands* executionTimeout workingDirectory'],
  ['AWS-RunPowerShellScript', 'commands* executionTimeout workingDirectory'],
  ['AWS-UpdateSSMAgent', 'allowDowngrade version'],
  ['AWS-InstallApplication', 'action parameters source* sourceHash'],
  ['AWS-InstallPowerShellModule', 'commands executionTimeout source sourceHash workingDirectory'],
  ['AWS-JoinDirectoryServiceDomain', 'directoryId directoryName* directoryOU dnsIpAddresses hostName password* username*'],
  ['AWS-RefreshAssociation', 'associationIds'],
  ['AWS-RunRemoteScript', 'commandLine* executionTimeout sourceInfo* sourceType* workingDirectory'],
  ['AWS-RunDocument', 'documentParameters sourceInfo* sourceType*'],
])('%s has the parameters %s', (alias, expected) => {
  const starter = STARTER_DOCUMENTS.find(({ aliases = [] }) => aliases.includes(alias));
  const parsed = parseDocumentSource({ text: starter?.content ?? '', format: 'YAML' });
  const parameters = parsed.ok ? Object.entries(parsed.document.parameters) : [];
  expect(
    parameters
      .map(([name, { default: value }]) => (value === undefined ? `${name}*` : name))
      .sort()
      .join(' '),
  ).toBe(expected);
});
