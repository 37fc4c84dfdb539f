import { describe, expect, test } from 'vitest';
import type { DocumentContent } from '../../../agent/document/document.ts';
import { placedSecrets, secretKey, secretPlaces, withSecrets, writtenSecrets } from '../../../agent/document/secret-places.ts';

const aDownload = (sourceInfo: unknown): Record<string, unknown> => ({ sourceType: 'HTTP', sourceInfo });
const token = '{{ssm-secure:/lab/token}}';

const aDocument = (inputs: Record<string, unknown>, parameters: DocumentContent['parameters'] = {}): DocumentContent => ({
  schemaVersion: '2.2',
  parameters,
  mainSteps: [{ action: 'aws:downloadContent', name: 'fetch', inputs }],
});

describe('a reference to a secret among inputs', () => {
  test.each([
    ['a credential', aDownload({ url: 'https://x', password: token }), '/lab/token'],
    ['a credential in a map as JSON text', aDownload(JSON.stringify({ url: 'https://x', password: '{{ ssm-secure:key:2 }}' })), 'key:2'],
    ['a credential with text around it', aDownload({ password: `x${token}` }), null],
    ['any other field', aDownload({ url: token }), null],
    ['below a credential', aDownload({ password: { deeper: token } }), null],
    ['another input', { ...aDownload({}), destinationPath: token }, null],
  ])('is found in %s', (_what, inputs, target) => {
    expect(secretPlaces('aws:downloadContent', inputs).map((place) => place.target)).toEqual([target]);
  });

  test('stands in no action that takes none', () => {
    expect(secretPlaces('aws:runShellScript', { runCommand: [token] }).map(({ target }) => target)).toEqual([null]);
    expect(secretPlaces('aws:toString', { password: token }).map(({ target }) => target)).toEqual([null]);
  });

  test('gives way to the secret when the step starts, and whatever is in the secret stays as it is', () => {
    const secrets = { [secretKey('/lab/token')]: '"}{{ssm-secure:other}}' };
    const opened = { url: 'https://x', password: '"}{{ssm-secure:other}}' };
    const map = { url: 'https://x', password: token };
    for (const info of [map, JSON.stringify(map)]) {
      expect(withSecrets('aws:downloadContent', aDownload(info), secrets)).toEqual(aDownload(opened));
    }
    expect(() => withSecrets('aws:downloadContent', aDownload(map), {})).toThrow(/was not opened/);
  });
});

describe('a reference to a secret in the value of a parameter', () => {
  const parameters = { info: { type: 'StringMap' }, password: { type: 'String' } } as const;

  test('is taken where the parameter brings it to a credential', () => {
    const whole = aDocument(aDownload('{{ info }}'), parameters);
    expect(placedSecrets(whole, { info: { url: 'https://x', password: token } })).toEqual({ ok: true, targets: ['/lab/token'] });
    const field = aDocument(aDownload({ url: 'https://x', password: '{{ password }}' }), parameters);
    expect(placedSecrets(field, { password: token })).toEqual({ ok: true, targets: ['/lab/token'] });
  });

  test('is refused where it would be written out', () => {
    const document = aDocument(aDownload({ url: 'https://x/{{ password }}' }), parameters);
    expect(placedSecrets(document, { password: token })).toMatchObject({
      ok: false,
      problem: expect.stringContaining('sourceInfo.url of fetch'),
    });
    const whole = aDocument(aDownload('{{ info }}'), parameters);
    expect(placedSecrets(whole, { info: { url: token } })).toMatchObject({ ok: false });
    const variable = aDocument(aDownload({ url: 'x' }), { password: { type: 'String', interpolationType: 'ENV_VAR' } });
    expect(placedSecrets(variable, { password: token })).toMatchObject({ ok: false });
  });
});

test('a document refers to the secrets that its steps name themselves', () => {
  expect(writtenSecrets(aDocument(aDownload({ password: '{{ssm-secure:a:3}}', username: token })))).toEqual([
    { name: 'a', version: 3 },
    { name: '/lab/token', version: null },
  ]);
});
