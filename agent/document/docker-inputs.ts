import * as z from 'zod';
import {
  type ActionDeclaration,
  type Fit,
  flowFits,
  flowInputs,
  listFit,
  numberFit,
  oneOf,
  PlainText,
  textFit,
} from './action-declaration.ts';
import { strictMap } from './violation.ts';

export const DOCKER_ACTIONS = [
  'Create',
  'Start',
  'Run',
  'Stop',
  'Rm',
  'Exec',
  'Inspect',
  'Logs',
  'Ps',
  'Stats',
  'Pull',
  'Images',
  'Rmi',
] as const;
export type DockerAction = (typeof DOCKER_ACTIONS)[number];

// Neither can be taken for an option, nor for two arguments.
const Container = z
  .string()
  .max(256)
  .regex(/^([a-z0-9][a-z0-9_.-]*)?$/i, 'must be the name or the id of a container');
const Image = z
  .string()
  .max(512)
  .regex(/^([a-z0-9][a-z0-9._/:@-]*)?$/i, 'must be the name or the id of an image');

const Memory = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^(\d{1,12}[bkmg]?)?$/i, 'must be a size such as 512m'));
const Shares = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{0,9}$/, 'must be a number'));

/** One entry may be written as text; empty text is none. */
const listOf = (entry: z.ZodType<string>) =>
  z.preprocess((given) => (typeof given === 'string' ? (given === '' ? [] : [given]) : given), z.array(entry).max(100)).default([]);

const Volume = PlainText.min(1).max(4096);
// Without a value docker would take it from the agent's own environment.
const Variable = PlainText.max(32_768).regex(/^[^=\s]+=/, 'must be NAME=VALUE');
const Port = z
  .string()
  .max(256)
  .regex(/^[0-9a-f.:[\]/-]+(\/?(tcp|udp|sctp))?$/i, 'must be a port to publish, such as 8080:80');

const CONTAINER_NEEDED: readonly DockerAction[] = ['Start', 'Stop', 'Rm', 'Exec', 'Logs'];
const IMAGE_NEEDED: readonly DockerAction[] = ['Create', 'Run', 'Pull', 'Rmi'];

/** What aws:runDockerAction works with, after interpolation. */
export const DockerInputs = strictMap({
  action: oneOf(DOCKER_ACTIONS),
  container: Container.default(''),
  image: Image.default(''),
  /** Text is taken apart at its blanks, with quotes around what belongs together; a list is the words themselves. */
  cmd: z.union([PlainText.max(65_536), z.array(PlainText.max(65_536)).max(1000)], 'must be text, or a list of words').default(''),
  memory: Memory.default(''),
  cpuShares: Shares.default(''),
  volume: listOf(Volume),
  env: listOf(Variable),
  user: z
    .string()
    .max(256)
    .regex(/^[a-z0-9_.:-]*$/i, 'must be a user, or user:group')
    .default(''),
  publish: listOf(Port),
  ...flowInputs,
}).superRefine(({ action, container, image, cmd }, context) => {
  const lacks = (input: string) => context.addIssue({ code: 'custom', path: [input], message: `must be given for the action ${action}` });
  if (CONTAINER_NEEDED.includes(action) && container === '') lacks('container');
  if (IMAGE_NEEDED.includes(action) && image === '') lacks('image');
  if (action === 'Inspect' && container === '' && image === '') lacks('container');
  if (action === 'Exec' && cmd.length === 0) lacks('cmd');
});
export type DockerInputs = z.infer<typeof DockerInputs>;

const fits: Record<keyof DockerInputs, Fit> = {
  action: textFit,
  container: textFit,
  image: textFit,
  cmd: listFit,
  memory: numberFit,
  cpuShares: numberFit,
  volume: listFit,
  env: listFit,
  user: textFit,
  publish: listFit,
  ...flowFits,
};

export const runDockerAction: ActionDeclaration<DockerInputs> = {
  platforms: ['Linux', 'Windows'],
  inputs: DockerInputs,
  fits,
  canCheck: false,
  limits: () => ['takes podman where there is no docker; a text in cmd is taken apart at its blanks and quotes, and no shell reads it'],
};
