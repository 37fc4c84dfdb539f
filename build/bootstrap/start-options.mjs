import { resolve } from 'node:path';
import { CommandError } from './command.mjs';

/**
 * @typedef {object} StartOptions
 * @property {boolean} help
 * @property {boolean} serve
 * @property {string[]} forApp what the app is told, in its own spelling
 */

/** The largest sample lab: each of its nodes is a real process of some 50 MB. */
const largestLab = 50;

/**
 * @typedef {object} Option
 * @property {string} [value] what the value is called in the help
 * @property {string} means
 * @property {(text: string) => string} [read] checks and normalises the value; throws the remedy
 */

/** @type {Record<string, Option>} */
const options = {
  '--serve': { means: 'never open Electron: serve the window to a browser on this computer' },
  '--port': { value: 'N', means: 'port of the window in serve mode (default: any free port)', read: wholeNumber(0, 65535) },
  '--hub-port': { value: 'N', means: 'port that the agents connect to (default: 8443)', read: wholeNumber(0, 65535) },
  '--data': { value: 'DIR', means: "folder for all of Holdfast's data (default: the usual one for a user's app data)", read: folder },
  '--sample-lab': {
    value: 'N',
    means: `run N more real agents on this computer, marked as sample, with three associations; 0 removes them (at most ${largestLab})`,
    read: wholeNumber(0, largestLab),
  },
  '--help': { means: 'show this' },
};

/**
 * @param {readonly string[]} args
 * @returns {StartOptions}
 */
export function readStartOptions(args) {
  /** @type {StartOptions} */
  const result = { help: false, serve: false, forApp: [] };
  const rest = [...args];
  for (let given = rest.shift(); given !== undefined; given = rest.shift()) {
    const { name, inlineValue } = splitOption(given);
    const option = options[name];
    if (option === undefined) throw usage(`Unknown ${name.startsWith('-') ? 'option' : 'argument'} '${given}'.`);
    if (option.read !== undefined) {
      result.forApp.push(name, readValue(name, option.read, inlineValue ?? rest.shift()));
    } else if (inlineValue !== undefined) {
      throw usage(`${name} takes no value.`);
    } else if (name === '--serve') {
      result.serve = true;
    } else {
      result.help = true;
    }
  }
  return result;
}

/**
 * npm keeps an option for itself when the `--` before it is forgotten; all that is left of it is its own configuration.
 * @param {NodeJS.ProcessEnv} env
 */
export function refuseOptionsKeptByNpm(env) {
  for (const name of ['--serve', '--hub-port', '--sample-lab']) {
    if (env[`npm_config_${name.slice(2).replaceAll('-', '_')}`] === undefined) continue;
    throw usage(`npm kept ${name} for itself: put -- before the options, as in "npm start -- ${name}".`);
  }
}

export function startHelp() {
  const lines = Object.entries(options).map(([name, { value, means }]) => {
    return `  ${(value === undefined ? name : `${name} ${value}`).padEnd(16)}  ${means}`;
  });
  return ['Usage: npm start -- [options]', '', 'Starts Holdfast, after setting it up where that is needed.', '', ...lines].join('\n');
}

/** @param {string} given */
function splitOption(given) {
  const equals = given.startsWith('--') ? given.indexOf('=') : -1;
  return equals === -1 ? { name: given } : { name: given.slice(0, equals), inlineValue: given.slice(equals + 1) };
}

/**
 * @param {string} name
 * @param {(text: string) => string} read
 * @param {string | undefined} text
 */
function readValue(name, read, text) {
  if (text === undefined) throw usage(`${name} needs a value.`);
  try {
    return read(text);
  } catch (error) {
    if (error instanceof RangeError) throw usage(`${name} ${error.message}, not '${text}'.`);
    throw error;
  }
}

/**
 * @param {number} from
 * @param {number} to
 */
function wholeNumber(from, to) {
  return (/** @type {string} */ text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= from && number <= to)) throw new RangeError(`wants a whole number from ${from} to ${to}`);
    return String(number);
  };
}

/**
 * npm runs scripts in the project's folder; a relative path is meant from where the person is.
 * @param {string} text
 */
function folder(text) {
  if (text === '' || text.startsWith('--')) throw new RangeError('wants a folder');
  return resolve(process.env.INIT_CWD ?? process.cwd(), text);
}

/** @param {string} problem */
function usage(problem) {
  return new CommandError(`${problem} "npm start -- --help" lists the options.`, { exitCode: 2 });
}
