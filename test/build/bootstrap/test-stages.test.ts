import { expect, test } from 'vitest';
import { chooseStages } from '../../../build/bootstrap/test-stages.mjs';

const namesOf = (args: string[]) => chooseStages(args).stages.map((stage) => stage.name);

test('npm test runs every stage, the quick ones first', () => {
  expect(namesOf([])).toEqual(['typecheck', 'lint', 'architecture', 'unit', 'simulation', 'system', 'shell', 'window']);
});

test('npm test -- system runs one stage, or a part of it', () => {
  expect(namesOf(['system'])).toEqual(['system']);
  expect(chooseStages(['system', 'test/system/outbox.test.ts']).filters).toEqual(['test/system/outbox.test.ts']);
});

test('an unknown stage is refused with the list of those that there are', () => {
  expect(() => chooseStages(['sytem'])).toThrow("There is no test stage 'sytem': choose one of typecheck, lint");
});

test('typecheck and lint look at everything or at nothing', () => {
  expect(() => chooseStages(['lint', 'agent'])).toThrow("'lint' takes no files");
});
