import type { ActivationId, AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { ChangePattern } from './change-match.ts';
import { compliance } from './compliance-calls.ts';
import { inventory } from './inventory-calls.ts';
import { outputs } from './output-calls.ts';
import { packages } from './package-calls.ts';
import type { Filtered, Inputs, Outputs } from './question.ts';
import { call } from './question.ts';

/** A change that somebody is about to make. */
export type ChangeProposal = Inputs['preview']['change'];

type ExecutionsOf = Filtered<Inputs['executions']['list'], { associationId: AssociationId | null; nodeId: NodeId | null }>;
type TargetsOf = Filtered<Inputs['executions']['targets'], { executionId: ExecutionId }>;

/** What a fleet-wide number depends on. */
const fleetWide: readonly ChangePattern[] = [{ kind: 'node' }, { kind: 'association' }, { kind: 'execution' }, { kind: 'compliance' }];

const site = {
  facts: () => call({ name: 'site.facts', on: [{ kind: 'site' }], ask: (client, options) => client.site.facts(undefined, options) }),
  overview: () => call({ name: 'site.overview', on: fleetWide, ask: (client, options) => client.site.overview(undefined, options) }),
  sampleLab: () =>
    call({
      name: 'site.sampleLab',
      on: [{ kind: 'sample-lab' }, { kind: 'node' }],
      ask: (client, options) => client.site.sampleLab(undefined, options),
    }),
  alarms: () => call({ name: 'site.alarms', on: [{ kind: 'alarm' }], ask: (client, options) => client.site.alarms(undefined, options) }),
};

const nodes = {
  list: (input: Inputs['nodes']['list']) =>
    call<Outputs['nodes']['list']>({
      name: 'nodes.list',
      input,
      on: [{ kind: 'node' }, { kind: 'compliance' }, { kind: 'association' }, { kind: 'execution' }],
      ask: (client, options) => client.nodes.list(input, options),
    }),
  get: (nodeId: NodeId) =>
    call({
      name: 'nodes.get',
      input: nodeId,
      on: [{ kind: 'node', nodeId }, { kind: 'compliance', nodeId }, { kind: 'target', nodeId }, { kind: 'association' }],
      ask: (client, options) => client.nodes.get({ nodeId }, options),
    }),
  associations: (nodeId: NodeId) =>
    call({
      name: 'nodes.associations',
      input: nodeId,
      on: [{ kind: 'node', nodeId }, { kind: 'compliance', nodeId }, { kind: 'target', nodeId }, { kind: 'association' }],
      ask: (client, options) => client.nodes.associations({ nodeId }, options),
    }),
  tags: () => call({ name: 'nodes.tags', on: [{ kind: 'node' }], ask: (client, options) => client.nodes.tags(undefined, options) }),
};

/** Who is in a group changes with every node, and what targets it with every association. */
const groupWide: readonly ChangePattern[] = [{ kind: 'group' }, { kind: 'node' }, { kind: 'association' }];

const groups = {
  list: (input: Inputs['groups']['list']) =>
    call<Outputs['groups']['list']>({
      name: 'groups.list',
      input,
      on: groupWide,
      ask: (client, options) => client.groups.list(input, options),
    }),
  get: (name: string) =>
    call({ name: 'groups.get', input: name, on: groupWide, ask: (client, options) => client.groups.get({ name }, options) }),
  members: (input: Inputs['groups']['members']) =>
    call<Outputs['groups']['members']>({
      name: 'groups.members',
      input,
      on: [{ kind: 'group', name: input.name }, { kind: 'node' }],
      ask: (client, options) => client.groups.members(input, options),
    }),
  associations: (name: string) =>
    call({
      name: 'groups.associations',
      input: name,
      on: [{ kind: 'group', name }, { kind: 'association' }],
      ask: (client, options) => client.groups.associations({ name }, options),
    }),
  preview: (draft: unknown) =>
    call({
      name: 'groups.preview',
      input: draft,
      on: [{ kind: 'node' }],
      ask: (client, options) => client.groups.preview({ draft }, options),
    }),
};

const activations = {
  list: () =>
    call({
      name: 'activations.list',
      on: [{ kind: 'activation' }, { kind: 'node' }],
      ask: (client, options) => client.activations.list(undefined, options),
    }),
  /** For the dialog that waits for a machine: the same list, asked for again only when that activation was used. */
  of: (activationId: ActivationId) =>
    call({
      name: 'activations.of',
      input: activationId,
      on: [{ kind: 'activation', activationId }],
      ask: async (client, options) =>
        (await client.activations.list(undefined, options)).find((activation) => activation.activationId === activationId) ?? null,
    }),
};

const associations = {
  list: (input: Inputs['associations']['list']) =>
    call<Outputs['associations']['list']>({
      name: 'associations.list',
      input,
      on: fleetWide,
      ask: (client, options) => client.associations.list(input, options),
    }),
  get: (associationId: AssociationId) =>
    call({
      name: 'associations.get',
      input: associationId,
      on: [
        { kind: 'association', associationId },
        { kind: 'execution', associationId },
        { kind: 'compliance', associationId },
        { kind: 'node' },
      ],
      ask: (client, options) => client.associations.get({ associationId }, options),
    }),
  versions: (associationId: AssociationId) =>
    call({
      name: 'associations.versions',
      input: associationId,
      on: [
        { kind: 'association', associationId },
        { kind: 'execution', associationId },
      ],
      ask: (client, options) => client.associations.versions({ associationId }, options),
    }),
  preview: (input: Inputs['associations']['preview']) =>
    call({
      name: 'associations.preview',
      input,
      on: [{ kind: 'node' }, { kind: 'document' }, { kind: 'parameter' }, { kind: 'group' }],
      ask: (client, options) => client.associations.preview(input, options),
    }),
};

const ofExecution = (executionId: ExecutionId): ChangePattern[] => [
  { kind: 'execution', executionId },
  { kind: 'target', executionId },
];

const executions = {
  list: (input: ExecutionsOf) =>
    call<Outputs['executions']['list']>({
      name: 'executions.list',
      input,
      on: [
        input.associationId === null ? { kind: 'execution' } : { kind: 'execution', associationId: input.associationId },
        input.nodeId === null ? { kind: 'target' } : { kind: 'target', nodeId: input.nodeId },
      ],
      ask: (client, options) => client.executions.list(input, options),
    }),
  get: (executionId: ExecutionId) =>
    call({
      name: 'executions.get',
      input: executionId,
      on: ofExecution(executionId),
      ask: (client, options) => client.executions.get({ executionId }, options),
    }),
  targets: (input: TargetsOf) =>
    call<Outputs['executions']['targets']>({
      name: 'executions.targets',
      input,
      on: [...ofExecution(input.executionId), { kind: 'node' }],
      ask: (client, options) => client.executions.targets(input, options),
    }),
  target: (executionId: ExecutionId, nodeId: NodeId) =>
    call({
      name: 'executions.target',
      input: [executionId, nodeId],
      on: [
        { kind: 'target', executionId, nodeId },
        { kind: 'node', nodeId },
      ],
      ask: (client, options) => client.executions.target({ executionId, nodeId }, options),
    }),
};

const documents = {
  list: () =>
    call({
      name: 'documents.list',
      on: [{ kind: 'document' }, { kind: 'association' }],
      ask: (client, options) => client.documents.list(undefined, options),
    }),
  get: (input: Inputs['documents']['get']) =>
    call({
      name: 'documents.get',
      input,
      on: [{ kind: 'document' }, { kind: 'association' }, { kind: 'parameter' }],
      ask: (client, options) => client.documents.get(input, options),
    }),
  render: (input: Inputs['documents']['render']) =>
    call({
      name: 'documents.render',
      input,
      on: [{ kind: 'document', name: input.name }],
      ask: (client, options) => client.documents.render(input, options),
    }),
  check: (input: Inputs['documents']['check']) =>
    call({ name: 'documents.check', input, on: [{ kind: 'parameter' }], ask: (client, options) => client.documents.check(input, options) }),
};

/** Whatever makes a calendar say something else, or be asked by others. */
const ofCalendars: readonly ChangePattern[] = [{ kind: 'document' }, { kind: 'calendar' }, { kind: 'association' }];

const calendars = {
  list: () => call({ name: 'calendars.list', on: ofCalendars, ask: (client, options) => client.calendars.list(undefined, options) }),
  get: (name: string) =>
    call({ name: 'calendars.get', input: name, on: ofCalendars, ask: (client, options) => client.calendars.get({ name }, options) }),
  agenda: (input: Inputs['calendars']['agenda']) =>
    call({ name: 'calendars.agenda', input, on: ofCalendars, ask: (client, options) => client.calendars.agenda(input, options) }),
  stateAt: (input: Inputs['calendars']['stateAt']) =>
    call({ name: 'calendars.stateAt', input, on: ofCalendars, ask: (client, options) => client.calendars.stateAt(input, options) }),
  draft: (input: Inputs['calendars']['draft']) =>
    call({
      name: 'calendars.draft',
      input,
      on: [{ kind: 'document', name: input.name }],
      ask: (client, options) => client.calendars.draft(input, options),
    }),
};

/** Parameters, and who reads them when it runs. */
const readBy: readonly ChangePattern[] = [{ kind: 'parameter' }, { kind: 'association' }, { kind: 'document' }];

const parameters = {
  list: (input: Inputs['parameters']['list']) =>
    call<Outputs['parameters']['list']>({
      name: 'parameters.list',
      input,
      on: readBy,
      ask: (client, options) => client.parameters.list(input, options),
    }),
  paths: () =>
    call({ name: 'parameters.paths', on: [{ kind: 'parameter' }], ask: (client, options) => client.parameters.paths(undefined, options) }),
  names: (text: string) =>
    call({
      name: 'parameters.names',
      input: text,
      on: [{ kind: 'parameter' }],
      ask: (client, options) => client.parameters.names({ text }, options),
    }),
  get: (name: string) =>
    call({ name: 'parameters.get', input: name, on: readBy, ask: (client, options) => client.parameters.get({ name }, options) }),
  history: (name: string) =>
    call({
      name: 'parameters.history',
      input: name,
      on: [{ kind: 'parameter', name }],
      ask: (client, options) => client.parameters.history({ name }, options),
    }),
};

const preview = {
  change: (proposal: ChangeProposal) =>
    call({
      name: 'preview.change',
      input: proposal,
      on: [
        ...fleetWide,
        { kind: 'calendar' },
        { kind: 'document' },
        { kind: 'group' },
        { kind: 'parameter' },
        { kind: 'alarm' },
        { kind: 'site' },
      ],
      ask: (client, options) => client.preview.change(proposal, options),
    }),
};

const ssm = {
  written: (associationId: AssociationId) =>
    call({
      name: 'ssm.written',
      input: associationId,
      on: [
        { kind: 'association', associationId },
        { kind: 'execution', associationId },
      ],
      ask: (client, options) => client.ssm.written({ associationId }, options),
    }),
};

/** Every question that a screen asks, with the changes that make its answer old. */
export const calls = {
  site,
  nodes,
  groups,
  activations,
  associations,
  executions,
  documents,
  calendars,
  parameters,
  packages,
  compliance,
  inventory,
  outputs,
  preview,
  ssm,
};
