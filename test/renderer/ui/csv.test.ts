import { describe, expect, test } from 'vitest';
import { csvField, csvFileName, csvInstant, csvLines } from '../../../renderer/ui/csv.ts';

describe('a field of a CSV file', () => {
  test.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['carriage\rreturn', '"carriage\rreturn"'],
  ])('is quoted only where it has to be: %j', (value, field) => {
    expect(csvField(value)).toBe(field);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'is made text of what a spreadsheet would take for a formula: %j',
    (value) => {
      expect(csvField(value).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  test('that is a formula and needs quotes is guarded too', () => {
    expect(csvField('=HYPERLINK("http://x","y")')).toBe(`"'=HYPERLINK(""http://x"",""y"")"`);
  });

  test('keeps these characters where they do not begin it', () => {
    expect(csvField('lab-b12')).toBe('lab-b12');
    expect(csvField('room@b12')).toBe('room@b12');
  });
});

test('rows are a header and a record each, ended by CRLF', () => {
  const columns = [{ name: 'A', value: (row: { a: string }) => row.a }];
  expect(csvLines(columns, [{ a: 'x' }, { a: '=y' }])).toEqual(['A\r\n', 'x\r\n', "'=y\r\n"]);
  expect(csvInstant(null)).toBe('');
});

test('a file is named after what is in it and the day', () => {
  const now = new Date('2026-03-01T23:59:00Z');
  expect(csvFileName(['executions', ''], now)).toBe('executions-2026-03-01.csv');
  expect(csvFileName(['compliance', 'NON_COMPLIANT'], now)).toBe('compliance-non_compliant-2026-03-01.csv');
});
