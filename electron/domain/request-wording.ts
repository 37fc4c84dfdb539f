/** Shown where a list of problems is longer than a person reads. */
export const firstOf = (problems: readonly string[]): string =>
  problems.slice(0, 3).join(' ') + (problems.length > 3 ? ` (and ${problems.length - 3} more)` : '');

/** The part of the faults' wording (faults.ts) that is about requests in the words of the SSM API, which no window sends by itself. */
export const requestWording = {
  SerializationException: (f: { problems: readonly string[] }) => ({
    title: firstOf(f.problems),
    remedy: 'Send each member in the type that the SSM API gives it.',
  }),
  UnknownOperationException: (f: { operation: string }) => ({
    title: `Holdfast has no operation “${f.operation}”.`,
    remedy: 'Use one of the operations of State Manager, spelled as the SSM API does.',
  }),
  InvalidNextToken: () => ({
    title: 'This token is not one that the same list, asked in the same way, gave.',
    remedy: 'Take NextToken from the answer before, and leave the other members as they were; or begin again without it.',
  }),
  InvalidResourceType: (f: { resourceType: string }) => ({
    title: `“${f.resourceType}” is no type of resource that this operation takes.`,
    remedy: 'Give ManagedInstance; tags are on associations too, which are of type Association.',
  }),
  InvalidResourceId: (f: { resourceId: string }) => ({
    title: `There is no resource ${f.resourceId} of this type.`,
    remedy: 'Give the id of a managed node (mi-…), or for the tags of an association its id.',
  }),
  InvalidInstanceInformationFilterValue: (f: { key: string; value: string }) => ({
    title: `“${f.value}” is no value that ${f.key} can have.`,
    remedy: 'Use a value that the SSM API has for this filter.',
  }),
  InvalidFilterOption: (f: { key: string; option: string }) => ({
    title: `${f.key} cannot be compared by “${f.option}”.`,
    remedy: 'Use an option that the SSM API has for this key.',
  }),
  InvalidFilterKey: (f: { key: string }) => ({
    title: `“${f.key}” is no key that this list can be filtered by.`,
    remedy: 'Use a key that the SSM API has for this operation.',
  }),
  InvalidCommandId: (f: { commandId: string }) => ({
    title: `“${f.commandId}” is no command id.`,
    remedy: 'Take OutputSourceId from DescribeAssociationExecutionTargets.',
  }),
  InvocationDoesNotExist: (f: { commandId: string; nodeId: string }) => ({
    title: `There is no invocation ${f.commandId} on ${f.nodeId}.`,
    remedy: 'Take OutputSourceId and ResourceId from DescribeAssociationExecutionTargets.',
  }),
  InvalidPluginName: (f: { steps: readonly string[] }) => ({
    title: 'PluginName must be the name of a step of the document.',
    remedy: `Its steps are: ${f.steps.join(', ')}.`,
  }),
  DuplicateInstanceId: (f: { nodeId: string }) => ({
    title: `${f.nodeId} occurs in more than one entry.`,
    remedy: 'Name a node in one entry only, or use Targets.',
  }),
  StatusUnchanged: (f: { status: string }) => ({
    title: `The status of this association is ${f.status} already.`,
    remedy: 'There is nothing to do.',
  }),
  AssociationAlreadyExists: (f: { name: string; nodeId: string }) => ({
    title: `An association of “${f.name}” with ${f.nodeId} exists already.`,
    remedy: 'Change that association, or delete it first.',
  }),
};
