import { createPublicKey } from 'node:crypto';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { ControllerDesk } from './connection/controller-desk.ts';
import { textOfFile } from './document-arguments.ts';
import { systemClock } from './platform/clock.ts';
import { Failure } from './protocol/failures.ts';
import { ExecutionId } from './protocol/ids.ts';
import { dataFolderAt } from './storage/data-folder.ts';
import { readIdentity } from './storage/identity-file.ts';

const HELP = `For the scripts of documents, while they run on a node: what a step has found, as Compliance of this node.

  holdfast-agent put-compliance-items --compliance-type Custom:NAME|Patch|Association --items JSON|file://FILE|-
      As aws ssm put-compliance-items, with the same items. The node and the run are those of the step, whatever else is given.
      --item-content-hash HASH   nothing is stored when it is the hash of what is stored
      --upload-type COMPLETE|PARTIAL
`;

/** As the AWS CLI has them; a script written for it gives also what is known here. */
const OPTIONS = {
  'compliance-type': { type: 'string' },
  items: { type: 'string' },
  'item-content-hash': { type: 'string' },
  'upload-type': { type: 'string' },
  'resource-id': { type: 'string' },
  'resource-type': { type: 'string' },
  'execution-summary': { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** A controller that is away for longer lets the script go on without it. */
const PATIENCE_MILLISECONDS = 60_000;

/** Where an agent's step works: the folder of its agent, its run, its step and its attempt. */
const STEP_FOLDER = /^(.+)[\\/]work[\\/]([0-9a-f-]{36})[\\/](\d{1,3})-\d{1,2}$/;

/** `holdfast-agent put-compliance-items …`, from within a step: the exit code. Only who may read the agent's identity gets an answer. */
export async function complianceCommand(args: string[], environment: Readonly<NodeJS.Dict<string>>): Promise<number> {
  const values = readArguments(args);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { dataFolder, executionId, stepIndex } = runningStep(environment);
  const upload = await uploadOf(values);
  const folder = dataFolderAt(dataFolder);
  const identity = readIdentity(folder);
  if (identity === null) throw new Failure('E-NOT-ENROLLED', { folder: folder.path });
  const signingKey = createPublicKey(identity.signingKey);
  const desk = new ControllerDesk({ identity: () => identity, signingKey, clock: systemClock, random: Math.random });
  const tooLate = new AbortController();
  const timer = systemClock.after(PATIENCE_MILLISECONDS, () => tooLate.abort());
  const answer = await desk.ask({ ask: 'compliance', executionId, stepIndex, upload }, tooLate.signal);
  timer.cancel();
  if (answer === null) throw new Failure('E-CONTROLLER-ANSWER', { problem: 'there was none within a minute' });
  process.stdout.write(answer.ignored ? 'The same items are stored already.\n' : 'The items are stored.\n');
  return 0;
}

type Options = ReturnType<typeof readArguments>;

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new Failure('E-ARGUMENTS', { problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

function runningStep({ HOLDFAST_STEP: marker = '' }: Readonly<NodeJS.Dict<string>>) {
  const [, dataFolder, id, stepIndex] = STEP_FOLDER.exec(marker) ?? [];
  const executionId = ExecutionId.safeParse(id);
  if (dataFolder === undefined || !executionId.success) {
    throw new Failure('E-ARGUMENTS', { problem: 'put-compliance-items is for the scripts of a step, while it runs on a node.' });
  }
  return { dataFolder, executionId: executionId.data, stepIndex: Number(stepIndex) };
}

async function uploadOf(values: Options): Promise<Record<string, unknown>> {
  if (values.items === undefined) throw new Failure('E-ARGUMENTS', { problem: 'The items are missing: --items JSON, file://FILE or -.' });
  return {
    ComplianceType: values['compliance-type'],
    Items: await itemsIn(values.items),
    ...(values['item-content-hash'] === undefined ? {} : { ItemContentHash: values['item-content-hash'] }),
    ...(values['upload-type'] === undefined ? {} : { UploadType: values['upload-type'] }),
  };
}

async function itemsIn(given: string): Promise<unknown[]> {
  const text = given === '-' || given.startsWith('file://') ? await textOfFile(given.replace(/^file:\/\//, '')) : given;
  const items = z
    .string()
    .transform((json): unknown => {
      try {
        return JSON.parse(json);
      } catch {
        return null;
      }
    })
    .pipe(z.array(z.unknown()))
    .safeParse(text);
  if (!items.success) throw new Failure('E-ARGUMENTS', { problem: 'The items are not a JSON list.' });
  return items.data;
}
