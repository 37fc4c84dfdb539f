import { expect, test } from 'vitest';
import { AssociationDraft } from '../../../electron/domain/association.ts';
import { FORM_FIELDS, fieldOf, messagesFor, problemsOfFault, strayParameters } from '../../../renderer/associations/problems.ts';

const problem = (field: string, message = field) => ({ code: 'X', field, message });

test('every setting of a draft has a field in the form, and so have the tags', () => {
  expect([...FORM_FIELDS].sort()).toEqual([...Object.keys(AssociationDraft.shape), 'tags'].sort());
});

test.each([
  ['targets.0.values', 'targets'],
  ['targets[1]', 'targets'],
  ['ScheduleExpression', 'scheduleExpression'],
  ['parameters.commands', 'parameters'],
  ['draft', null],
])('a problem at %s is shown at %s', (path, field) => {
  expect(fieldOf(path)).toBe(field);
});

test('a parameter has its own problems, and not those of one whose name begins alike', () => {
  const problems = [problem('parameters.path'), problem('parameters.pathTwo'), problem('parameters.path.0', 'inside')];
  expect(messagesFor(problems, 'parameters', 'path')).toEqual(['parameters.path', 'inside']);
});

test('problems of parameters that the document does not have are shown on the section', () => {
  const problems = [problem('parameters.known'), problem('parameters.gone', 'Unknown parameter.'), problem('targets')];
  expect(strayParameters(problems, ['known'])).toEqual(['Unknown parameter.']);
});

test('a refused save marks the fields that it names', () => {
  const fault = { code: 'InvalidTarget', title: 'No such target.', remedy: '', places: [{ field: 'targets' }, { line: 3 }] };
  expect(problemsOfFault(fault)).toEqual([{ code: 'InvalidTarget', field: 'targets', message: 'No such target.' }]);
});
