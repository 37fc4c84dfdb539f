import { expect, test } from 'vitest';
import type { ParameterRow } from '../../../electron/api/parameters.ts';
import { parameterFile, parameterFileName } from '../../../renderer/parameters/parameter-export.ts';

const aRow = (part: Partial<ParameterRow> = {}): ParameterRow => ({
  name: '/lab/port',
  type: 'String',
  dataType: 'text',
  version: 3,
  description: '',
  allowedPattern: null,
  createdAt: new Date('2026-03-01T02:00:00Z'),
  lastModifiedAt: new Date('2026-03-01T02:00:00Z'),
  value: '=1+1',
  usedBy: 0,
  ...part,
});

test('parameters as CSV are text to a spreadsheet, and a secret has no value', () => {
  const [header, plain, secret] = parameterFile('CSV', [aRow(), aRow({ name: 'password', type: 'SecureString', value: null })]);
  expect(header).toBe('Name,Type,Version,Value,Description,AllowedPattern,LastModifiedDate\r\n');
  expect(plain).toBe("/lab/port,String,3,'=1+1,,,2026-03-01T02:00:00.000Z\r\n");
  expect(secret).toBe('password,SecureString,3,,,,2026-03-01T02:00:00.000Z\r\n');
});

test('parameters as JSON are spelled as the API spells them, and a secret has no value', () => {
  const [text = ''] = parameterFile('JSON', [
    aRow({ allowedPattern: '^=' }),
    aRow({ name: 'password', type: 'SecureString', value: null }),
  ]);
  const common = { Version: 3, Description: '', DataType: 'text', LastModifiedDate: '2026-03-01T02:00:00.000Z' };
  expect(JSON.parse(text)).toEqual({
    Parameters: [
      { ...common, Name: '/lab/port', Type: 'String', Value: '=1+1', AllowedPattern: '^=' },
      { ...common, Name: 'password', Type: 'SecureString' },
    ],
  });
});

test('a file is named after its day and its form', () => {
  expect(parameterFileName('JSON', new Date('2026-03-01T23:59:00Z'))).toBe('parameters-2026-03-01.json');
});
