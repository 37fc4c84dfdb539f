/** Every trouble on a node that a person can mend: what happened and what to do. The only place with this wording. */
const wording = {
  'E-ARGUMENTS': (facts: { problem: string }) => ({
    title: facts.problem,
    remedy: 'Run holdfast-agent --help to see the commands and their options.',
  }),
  'E-FINGERPRINT': (facts: { address: string; found: string }) => ({
    title: `The controller at ${facts.address} shows a certificate authority that is not the expected one (found ${facts.found}). Nothing was sent to it.`,
    remedy:
      'Compare the fingerprint in the command with the one in Holdfast under Nodes, Add machine. If they are equal, someone may be between this machine and the controller.',
  }),
  'E-UNREACHABLE': (facts: { address: string; cause: string }) => ({
    title: `The controller at ${facts.address} cannot be reached (${facts.cause}).`,
    remedy: 'Check the address and that the controller’s port is open in its firewall, then try again.',
  }),
  'E-ENROLLMENT-REFUSED': (facts: { title: string; remedy: string }) => ({ title: facts.title, remedy: facts.remedy }),
  'E-ENROLLMENT-ANSWER': (facts: { address: string }) => ({
    title: `${facts.address} did not answer as a Holdfast controller does.`,
    remedy: 'Check that the address and port are those of the Holdfast hub, not of another program.',
  }),
  'E-ALREADY-ENROLLED': (facts: { nodeId: string; folder: string }) => ({
    title: `This machine is enrolled already as ${facts.nodeId} (data folder ${facts.folder}).`,
    remedy: 'Run holdfast-agent unenroll first if it should join as a new node, or give another folder with --data.',
  }),
  'E-NOT-ENROLLED': (facts: { folder: string }) => ({
    title: `This machine is not enrolled (data folder ${facts.folder}).`,
    remedy: 'In Holdfast open Nodes, Add machine, and run the command that it shows.',
  }),
  'E-DATA-FOLDER': (facts: { folder: string; cause: string }) => ({
    title: `The data folder ${facts.folder} cannot be used (${facts.cause}).`,
    remedy: 'Give a folder that this user may write to with --data, or mend its permissions.',
  }),
  'E-AGENT-DATABASE': (facts: { file: string; cause: string }) => ({
    title: `The agent’s database ${facts.file} cannot be read (${facts.cause}).`,
    remedy:
      'Move the file away and start again: the node keeps its identity, but reports that were not yet stored by the controller are lost with the file.',
  }),
  'E-ALREADY-RUNNING': (facts: { folder: string }) => ({
    title: `An agent is running on ${facts.folder} already.`,
    remedy: 'Stop that one first, or give another folder with --data.',
  }),
  'E-NODE-VERSION': (facts: { found: string; needed: string }) => ({
    title: `holdfast-agent needs Node ${facts.needed} or newer; this is ${facts.found}.`,
    remedy: 'Install a newer Node on this machine.',
  }),
  'E-SIGNATURE': () => ({
    title: 'An order came whose signature is not this site’s. It was not run.',
    remedy: 'If this happens again, the controller’s connection may be in other hands: tell the administrator.',
  }),
  'E-ORDER-OTHER-NODE': (facts: { nodeId: string }) => ({
    title: `An order for ${facts.nodeId} came to this node. It was not run.`,
    remedy: 'If this happens again, tell the administrator.',
  }),
  'E-ORDER-EXPIRED': (facts: { expiresAt: string }) => ({
    title: `An order came that had expired at ${facts.expiresAt}. It was not run.`,
    remedy: 'Check this machine’s clock.',
  }),
  'E-ORDER-INVALID': (facts: { problem: string }) => ({
    title: `An order came that this agent does not understand (${facts.problem}). It was not run.`,
    remedy: 'Update the agent to the controller’s version.',
  }),
  InvalidParameters: (facts: { problem: string }) => ({
    title: facts.problem,
    remedy: 'Correct the association’s parameters.',
  }),
  'E-AUDIT-UNCHECKABLE': (facts: { documentName: string }) => ({
    title: `No step of ${facts.documentName} that is for this platform can check without changing anything, so it is not run in Audit mode.`,
    remedy: 'Set the association’s mode to Enforce, or use a document of actions that can check, such as those named holdfast:.',
  }),
  'E-CONTROLLER-REFUSED': (facts: { title: string; remedy: string }) => ({ title: facts.title, remedy: facts.remedy }),
  'E-CONTROLLER-ANSWER': (facts: { problem: string }) => ({
    title: `The controller’s answer cannot be used: ${facts.problem}.`,
    remedy: 'Update the agent to the controller’s version. If this happens again, tell the administrator.',
  }),
  'E-DOWNLOAD': (facts: { source: string; problem: string; remedy: string }) => ({
    title: `${facts.source} could not be fetched: ${facts.problem}.`,
    remedy: facts.remedy,
  }),
  'E-DOWNLOAD-REFUSED': (facts: { source: string; problem: string; remedy: string }) => ({
    title: `${facts.source} was not fetched: ${facts.problem}.`,
    remedy: facts.remedy,
  }),
  'E-CHECKSUM': (facts: { source: string; wanted: string; found: string }) => ({
    title: `${facts.source} has the SHA-256 ${facts.found}, and shall have ${facts.wanted}. Nothing of it was kept.`,
    remedy:
      'Compare the checksum with the one that its author tells. If the file was renewed on purpose, correct the checksum in the document.',
  }),
  'E-ARCHIVE': (facts: { archive: string; problem: string }) => ({
    title: `The archive ${facts.archive} was not unpacked: ${facts.problem}. Nothing of it was kept.`,
    remedy: 'Pack it again with plain files and folders only, by relative names.',
  }),
  'E-DESTINATION': (facts: { destination: string; problem: string }) => ({
    title: `${facts.destination} cannot be written to: ${facts.problem}.`,
    remedy: 'Give another destination, or move away what is there.',
  }),
  'E-LOCAL-DOCUMENT': (facts: { file: string; problem: string }) => ({
    title: `The document ${facts.file} cannot be run: ${facts.problem}.`,
    remedy: 'Give the path of a Command document, relative to where the step before has downloaded it.',
  }),
  'E-CHILD-DOCUMENT': (facts: { name: string; problem: string }) => ({
    title: `The document ${facts.name} was not run. ${facts.problem}`,
    remedy: 'Correct that document, or what the step gives to it.',
  }),
  'E-NO-CONTROLLER': (facts: { need: string }) => ({
    title: `${facts.need} comes from the controller, and this document is run by hand.`,
    remedy: 'Run it through an association, or take that step out to try the rest.',
  }),
  'E-PACKAGE-STATE': (facts: { name: string; file: string }) => ({
    title: `What this node knows of the package ${facts.name} cannot be read (${facts.file}). Nothing was changed.`,
    remedy: 'Move that file away: the package then counts as not installed here.',
  }),
  'E-FILE': (facts: { file: string; problem: string }) => ({
    title: `The file ${facts.file} cannot be used: ${facts.problem}.`,
    remedy: 'Give the path of another file, or mend this one.',
  }),
  'E-DOCUMENT-PARAMETERS': (facts: { problem: string }) => ({
    title: facts.problem,
    remedy: 'Give each with --parameters name=value, or all in a file with --parameters FILE.',
  }),
  'E-SECRET-SEALED': (facts: { parameter: string }) => ({
    title: `E-SECRET-SEALED: the secret for the parameter ${facts.parameter} was not sealed for a key that this node has. The step was not run.`,
    remedy: 'Apply the association again; if it comes back, enroll this node again.',
  }),
  'E-DISK': (facts: { cause: string }) => ({
    title: `The node’s disk refused to write (${facts.cause}). The occurrence was not run.`,
    remedy: 'Free space in the agent’s data folder; it goes on by itself.',
  }),
} as const;

export type FailureCode = keyof typeof wording;
type Facts<Code extends FailureCode> = Parameters<(typeof wording)[Code]>[0];

/** A trouble on a node that someone can act on. Everything else thrown there is a bug and keeps its stack. */
export class Failure<Code extends FailureCode = FailureCode> extends Error {
  readonly code: Code;
  readonly remedy: string;

  constructor(code: Code, facts: Facts<Code>, options?: ErrorOptions) {
    // Indexing the table by a type parameter loses the pairing of code and facts that the signature just checked.
    const { title, remedy } = (wording[code] as (facts: Facts<Code>) => { title: string; remedy: string })(facts);
    super(title, options);
    this.name = 'Failure';
    this.code = code;
    this.remedy = remedy;
  }
}
