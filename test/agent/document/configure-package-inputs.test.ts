import { describe, expect, test } from 'vitest';
import { parseActionInputs } from '../../../agent/document/action-inputs.ts';

function nameIn(name: string): string {
  const parsed = parseActionInputs('aws:configurePackage', { name, action: 'Install' });
  return parsed.ok ? parsed.inputs.name : parsed.problems.map(({ message }) => message).join(' ');
}

describe('the package of aws:configurePackage', () => {
  test('is named by its name, or by the ARN of one that was shared', () => {
    expect(nameIn('AmazonCloudWatchAgent')).toBe('AmazonCloudWatchAgent');
    expect(nameIn('arn:aws:ssm:eu-west-1:123456789012:package/LabTools')).toBe('LabTools');
    expect(nameIn('arn:aws:ssm:::package/LabTools')).toBe('LabTools');
  });

  test.for(['../escape', 'arn:aws:ssm:::package/..', 'arn:aws:ssm:::package/a/b', 'arn:aws:s3:::bucket', ''])('is not %j', (name) => {
    expect(nameIn(name)).toBe('inputs.name must be 1 to 128 letters, digits and . _ -.');
  });
});
