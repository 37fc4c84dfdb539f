import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readStartOptions, refuseOptionsKeptByNpm, startHelp } from '../../../build/bootstrap/start-options.mjs';

describe('what is given to npm start', () => {
  test('reaches the app in its own spelling', () => {
    expect(readStartOptions(['--serve', '--port', '4000', '--hub-port=8444', '--sample-lab', '3'])).toEqual({
      help: false,
      serve: true,
      forApp: ['--port', '4000', '--hub-port', '8444', '--sample-lab', '3'],
    });
  });

  test('may be nothing', () => {
    expect(readStartOptions([])).toEqual({ help: false, serve: false, forApp: [] });
  });

  test('names a data folder as seen from where the person is', () => {
    const here = process.env.INIT_CWD ?? process.cwd();
    expect(readStartOptions(['--data', 'my lab']).forApp).toEqual(['--data', resolve(here, 'my lab')]);
  });

  test.each([
    [['--prot', '4000'], "Unknown option '--prot'."],
    [['serve'], "Unknown argument 'serve'."],
    [['--port'], '--port needs a value.'],
    [['--port', '--serve'], "--port wants a whole number from 0 to 65535, not '--serve'."],
    [['--port', '65536'], "--port wants a whole number from 0 to 65535, not '65536'."],
    [['--hub-port', '8443.5'], "--hub-port wants a whole number from 0 to 65535, not '8443.5'."],
    [['--hub-port', '1e3'], "--hub-port wants a whole number from 0 to 65535, not '1e3'."],
    [['--sample-lab', '-1'], "--sample-lab wants a whole number from 0 to 50, not '-1'."],
    [['--sample-lab', '51'], "--sample-lab wants a whole number from 0 to 50, not '51'."],
    [['--data='], "--data wants a folder, not ''."],
    [['--data', '--serve'], "--data wants a folder, not '--serve'."],
    [['--serve=yes'], '--serve takes no value.'],
  ])('%j is refused in one line that says what to do', (args, problem) => {
    expect(() => readStartOptions(args)).toThrow(
      expect.objectContaining({ exitCode: 2, message: `${problem} "npm start -- --help" lists the options.` }),
    );
  });

  test('is missed when the -- before it was forgotten, and the person is told', () => {
    expect(() => refuseOptionsKeptByNpm({ npm_config_sample_lab: 'true' })).toThrow('npm start -- --sample-lab');
    expect(() => refuseOptionsKeptByNpm({ npm_config_cache: '/somewhere' })).not.toThrow();
  });
});

test('the help names every option', () => {
  for (const option of ['--serve', '--port N', '--hub-port N', '--data DIR', '--sample-lab N', '--help']) {
    expect(startHelp()).toContain(`  ${option} `);
  }
});
