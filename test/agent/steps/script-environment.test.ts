import { expect, test } from 'vitest';
import { scriptEnvironment } from '../../../agent/steps/script-environment.ts';

const facts = {
  nodeId: 'mi-0123456789abcdef0',
  siteName: 'Lab 4',
  platformName: 'Debian GNU/Linux',
  platformVersion: '12',
  executionId: '0192a1b2-0000-7000-8000-000000000001',
  associationId: '0192a1b2-0000-7000-8000-000000000002',
};

test.skipIf(process.platform === 'win32')('a script knows its node, its site and its execution, and little else', () => {
  expect(scriptEnvironment({ PATH: '/usr/bin:/bin', HOME: '/root', LANG: 'de_DE.UTF-8', TOKEN: 'secret' }, facts)).toEqual({
    PATH: '/usr/bin:/bin',
    HOME: '/root',
    LANG: 'de_DE.UTF-8',
    AWS_SSM_INSTANCE_ID: facts.nodeId,
    AWS_SSM_REGION_NAME: 'Lab 4',
    AWS_SSM_PLATFORM_NAME: 'Debian GNU/Linux',
    AWS_SSM_PLATFORM_VERSION: '12',
    SSM_COMMAND_ID: facts.executionId,
    HOLDFAST_ASSOCIATION_ID: facts.associationId,
  });
});

test.skipIf(process.platform === 'win32')('programs are searched for in absolute folders only, and not in those of npm', () => {
  const { PATH } = scriptEnvironment({ PATH: '/home/a/node_modules/.bin::.:bin:/usr/bin' }, facts);
  expect(PATH).toBe('/usr/bin');
});

test.skipIf(process.platform === 'win32')('a service without an environment has the usual one', () => {
  expect(scriptEnvironment({}, facts)).toMatchObject({ HOME: '/', LANG: 'C.UTF-8', PATH: expect.stringContaining('/usr/bin') });
});
