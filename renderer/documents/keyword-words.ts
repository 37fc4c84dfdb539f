/** What the keywords of a document mean, in a sentence each. */
const topKeys: Readonly<Record<string, string>> = {
  schemaVersion: 'The language that the document is written in: "2.2" for new ones.',
  description: 'What the document is for.',
  parameters: 'What an association gives to the document, by name.',
  mainSteps: 'The steps, which run one after the other.',
};

const stepKeys: Readonly<Record<string, string>> = {
  action: 'What the step does.',
  name: 'The name of the step, once in the document.',
  inputs: 'What the action works with.',
  precondition: 'The step is skipped where this is not so.',
};

const parameterKeys: Readonly<Record<string, string>> = {
  type: 'String, StringList, Integer, Boolean, StringMap or MapList.',
  description: 'What the parameter is for.',
  default: 'The value when none is given; without a default one has to be.',
  allowedValues: 'The only values that are taken.',
  allowedPattern: 'A regular expression that is looked for in the value: ^ and $ make it the whole value.',
  displayType: 'How the form shows it: textfield or textarea.',
  interpolationType: 'ENV_VAR hands the value to scripts in the environment, so that nothing in it is run.',
  minItems: 'The fewest entries of a list or map.',
  maxItems: 'The most entries of a list or map.',
  minChars: 'The fewest characters.',
  maxChars: 'The most characters.',
};

const flowKeys: Readonly<Record<string, string>> = {
  onFailure: 'exit ends the document as failed, successAndExit as successful.',
  onSuccess: 'exit ends the document after this step.',
  finallyStep: 'true: it runs at the end, whatever happened before.',
};

const preconditionKeys: Readonly<Record<string, string>> = {
  StringEquals: 'Two texts that have to be equal: platformType and a platform, or a parameter and a value.',
};

export const keywordWords = { topKeys, stepKeys, parameterKeys, flowKeys, preconditionKeys };

/** The sentence for a keyword that stands below this path; null for everything else. */
export function wordsOfKey(key: string, path: readonly string[]): string | null {
  const table = tableOf(path);
  return table !== null && Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}

function tableOf(path: readonly string[]): Readonly<Record<string, string>> | null {
  const [first, second] = path;
  if (path.length === 0) return topKeys;
  if (first === 'parameters') return path.length === 2 ? parameterKeys : null;
  if (first !== 'mainSteps') return null;
  if (path.length === 1) return stepKeys;
  if (second === 'inputs') return flowKeys;
  return second === 'precondition' ? preconditionKeys : null;
}
