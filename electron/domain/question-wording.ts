/** What is said to a step that asks something of the controller while it runs. */
export const questionWording = {
  'E-QUESTION-INVALID': (f: { problem: string }) => ({
    title: `What a step asked is not valid: ${f.problem}.`,
    remedy: 'Use the holdfast-agent that belongs to this controller’s version.',
  }),
  'E-QUESTION-EARLY': (f: { executionId: string }) => ({
    title: `Execution ${f.executionId} has not yet begun on this node, as far as is known here.`,
    remedy: 'The agent asks again by itself.',
  }),
  'E-CHILD-UNREACHED': (f: { name: string }) => ({
    title: `The document ${f.name} refers to Parameter Store, and no step of this execution names it in a document of this site.`,
    remedy: 'Name it in the documentPath of aws:runDocument in a document that is kept here, not in a file that a step downloads.',
  }),
  'E-CHILD-VALUES': (f: { name: string; problem: string }) => ({
    title: `The document ${f.name} cannot be run in the place of the step. ${f.problem}`,
    remedy: 'Correct what it refers to, or give the parameter in the step’s documentParameters.',
  }),
};
