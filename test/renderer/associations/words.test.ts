import { describe, expect, test } from 'vitest';
import { errorsSentence, paceSentence, runsOnSaveSentence, saveLabel } from '../../../renderer/associations/preview-words.ts';
import { settingText } from '../../../renderer/associations/setting-words.ts';
import { fieldKindOf, linesOf, textsOfLines } from '../../../renderer/parameter-form/parameter-form.ts';
import { anAssociation } from '../../builders/association.ts';

const matching = (total: number, online: number) => ({ total, online, nodes: [] });

describe('what saving does, in words', () => {
  test('says where it runs now, and who follows', () => {
    expect(runsOnSaveSentence({ runsOnSave: true, matching: matching(3, 3) }, true)).toBe('Saving runs it now on 3 machines');
    expect(runsOnSaveSentence({ runsOnSave: true, matching: matching(4, 3) }, true)).toContain('1 more when it comes back');
  });

  test('does not promise a run that nobody gets', () => {
    expect(runsOnSaveSentence({ runsOnSave: true, matching: matching(0, 0) }, true)).toContain('no machine matches');
    expect(runsOnSaveSentence({ runsOnSave: true, matching: matching(2, 0) }, true)).toContain('none of the machines is connected');
    expect(runsOnSaveSentence({ runsOnSave: false, matching: matching(2, 2) }, false)).toBe('Saving runs nothing');
  });

  test('is on the button too', () => {
    expect(saveLabel({ runsOnSave: true, matching: matching(1, 1) })).toBe('Save and run on 1 machine');
    expect(saveLabel({ runsOnSave: false, matching: matching(9, 9) })).toBe('Save');
  });
});

test('limits that hold nothing back are not said as numbers', () => {
  expect(paceSentence({ concurrency: 50, matching: matching(3, 3) })).toBe('All of them at the same time');
  expect(paceSentence({ concurrency: 2, matching: matching(3, 3) })).toBe('2 machines at a time');
  expect(errorsSentence({ toleratedErrors: 3, matching: matching(3, 3) })).toContain('however many fail');
  expect(errorsSentence({ toleratedErrors: 0, matching: matching(3, 3) })).toContain('first error');
});

describe('a parameter’s field', () => {
  const row = { allowedValues: null, displayType: null };

  test.each([
    [{ ...row, type: 'StringList' }, 'lines'],
    [{ ...row, type: 'StringMap' }, 'json'],
    [{ ...row, type: 'MapList' }, 'json'],
    [{ ...row, type: 'Boolean' }, 'yes-no'],
    [{ ...row, type: 'Integer' }, 'number'],
    [{ ...row, type: 'String' }, 'text'],
    [{ ...row, type: 'String', displayType: 'textarea' }, 'text-area'],
    [{ ...row, type: 'String', allowedValues: ['a'] }, 'choice'],
  ])('fits its type: %o', (parameter, kind) => {
    expect(fieldKindOf(parameter)).toBe(kind);
  });

  test('a list is one item a line, with empty lines kept, and nothing at all is no value', () => {
    expect(textsOfLines('a\n\nb')).toEqual(['a', '', 'b']);
    expect(textsOfLines('')).toBeNull();
    expect(linesOf(['a', '', 'b'])).toBe('a\n\nb');
  });
});

test('settings read as a person says them', () => {
  const draft = anAssociation({ targets: [{ key: 'tag:lab', values: ['B12'] }], applyOnlyAtCronInterval: true });
  expect(settingText(draft, 'targets')).toBe('tag lab = B12');
  expect(settingText(draft, 'applyOnlyAtCronInterval')).toBe('At the next time on the schedule');
  expect(settingText(draft, 'scheduleExpression')).toBe('Once, when it is saved');
  expect(settingText(draft, 'alarmConfiguration')).toBe('—');
  expect(settingText(draft, 'parameters')).toBe('commands: true');
});
