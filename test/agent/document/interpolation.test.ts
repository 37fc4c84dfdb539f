import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpolate } from '../../../agent/document/interpolation.ts';
import { interpolateStepInputs } from '../../../agent/document/step-inputs.ts';

/** A text with pieces of tokens in it more often than chance would have it. */
const tokenLikeText = fc
  .array(fc.oneof(fc.constantFrom('{{', '}}', ' ', '{{ a }}', '{{b}}', '{', '}', 'a', '$1', '$$', '\\'), fc.string()))
  .map((parts) => parts.join(''));

describe('interpolation of tokens', () => {
  test('a value that has tokens in it goes in as it is and is not scanned again', () => {
    fc.assert(
      fc.property(tokenLikeText, tokenLikeText, (a, b) => {
        expect(interpolate('<{{ a }}|{{ b }}>', { a, b })).toBe(`<${a}|${b}>`);
        expect(interpolate(['{{ a }}', { key: '{{ b }}' }], { a, b })).toEqual([a, { key: b }]);
      }),
    );
  });

  test('text without tokens is left alone, whatever braces it has', () => {
    fc.assert(
      fc.property(tokenLikeText, (text) => {
        expect(interpolate(text, {})).toBe(text);
      }),
    );
  });

  test('a parameter may have the name of something every object has', () => {
    expect(interpolate('{{ constructor }}{{ toString }}', { constructor: 'x' })).toBe('x{{ toString }}');
    expect(interpolate('{{ valueOf }}', {})).toBe('{{ valueOf }}');
  });

  test('map keys that look like numbers are sorted as text, like all others', () => {
    expect(interpolate('={{ m }}', { m: { b: '', 9: '', 10: '', a: '' } })).toBe('={"10":"","9":"","a":"","b":""}');
  });

  test('a list of maps is spliced into a list too', () => {
    expect(interpolate(['{{ rows }}', 'end'], { rows: [{ a: 1 }, { b: 2 }] })).toEqual([{ a: 1 }, { b: 2 }, 'end']);
  });
});

describe('values that travel in the environment', () => {
  const definitions = { Name: { type: 'String', interpolationType: 'ENV_VAR' }, Folder: { type: 'String' } } as const;
  const values = { Name: '"; rm -rf /', Folder: '/srv' };

  test('a PowerShell script gets a reference in PowerShell’s own spelling', () => {
    const step = { action: 'aws:runPowerShellScript', inputs: { runCommand: 'Write-Output "{{ Name }} {{Folder}}"' } };
    expect(interpolateStepInputs(step, { definitions, values })).toEqual({ runCommand: `Write-Output "\${Env:SSM_Name} /srv"` });
  });

  test('inputs that no shell reads get the value', () => {
    const step = { action: 'aws:runShellScript', inputs: { workingDirectory: '{{ Name }}', runCommand: '{{ Name }}' } };
    expect(interpolateStepInputs(step, { definitions, values })).toEqual({ workingDirectory: values.Name, runCommand: `\${SSM_Name}` });
  });

  test('a value never becomes script text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const step = { action: 'aws:runShellScript', inputs: { runCommand: ['echo {{ Name }}', '{{ Name }}'] } };
        const inputs = interpolateStepInputs(step, { definitions, values: { Name: name, Folder: '' } });
        expect(inputs).toEqual({ runCommand: [`echo \${SSM_Name}`, `\${SSM_Name}`] });
      }),
    );
  });
});
