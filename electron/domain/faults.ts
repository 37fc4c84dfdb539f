import { complianceWording } from './compliance-wording.ts';
import { inventoryWording } from './inventory-wording.ts';
import { outputWording } from './output-wording.ts';
import { packageWording } from './package-wording.ts';
import { questionWording } from './question-wording.ts';
import { firstOf, requestWording } from './request-wording.ts';

type Wording = { title: string; remedy: string };

/**
 * Every trouble that someone can act on: what happened, and what to do. The only place with this wording, but for what requests
 * of the SSM API alone can meet and what is about compliance; nobody matches on text.
 * Codes are the SSM API's error names where it has one (spec.md 1.2 and 17), else ours, with E- before them.
 */
const wording = {
  ...requestWording,
  ...outputWording,
  ...complianceWording,
  ...inventoryWording,
  ...packageWording,
  ...questionWording,
  InvalidDocument: (f: { name: string } | { problem: string }) => ({
    title: 'problem' in f ? f.problem : `There is no document named “${f.name}”.`,
    remedy: 'Choose one of type Command or Policy from the Documents page, or create it there first.',
  }),
  /** `newest` where a version was named that is there, but is not the newest any more. */
  InvalidDocumentVersion: (f: { name: string; version: string; newest?: number }) =>
    f.newest === undefined
      ? {
          title: `Document “${f.name}” has no version ${f.version}.`,
          remedy: 'Use $DEFAULT, $LATEST, or a number from the document’s version list.',
        }
      : {
          title: `Version ${f.version} is not the newest of document “${f.name}”: that is version ${f.newest}.`,
          remedy: 'Look at the newest version, make your change again there, and save.',
        },
  InvalidDocumentContent: (f: { problems: readonly string[] }) => ({
    title: firstOf(f.problems),
    remedy: 'Correct the source at the marked line, then save again.',
  }),
  InvalidDocumentSchemaVersion: (f: { problems: readonly string[] }) => ({
    title: firstOf(f.problems),
    remedy: 'Use schema 2.2 for a Command or Policy document, 0.3 for an Automation runbook.',
  }),
  MaxDocumentSizeExceeded: (f: { bytes: number } | { problem: string }) => ({
    title: 'problem' in f ? f.problem : `The document is ${f.bytes} bytes; 65,536 are allowed.`,
    remedy: 'Shorten it, or move long scripts to files that the document runs.',
  }),
  DocumentAlreadyExists: (f: { name: string }) => ({
    title: `A document named “${f.name}” exists already.`,
    remedy: 'Choose another name, or open that document and save a new version of it.',
  }),
  DocumentLimitExceeded: (f: { limit: number }) => ({
    title: `There are ${f.limit} documents already, which is the limit.`,
    remedy: 'Delete documents that no association uses.',
  }),
  DuplicateDocumentContent: (f: { name: string }) => ({
    title: `This is the same content as the newest version of “${f.name}”.`,
    remedy: 'Change the content, or leave it as it is.',
  }),
  DuplicateDocumentVersionName: (f: { name: string; versionName: string }) => ({
    title: `Document “${f.name}” has a version named “${f.versionName}” already.`,
    remedy: 'Give the new version another name, or none.',
  }),
  DocumentVersionLimitExceeded: (f: { name: string; limit: number }) => ({
    title: `Document “${f.name}” has ${f.limit} versions, which is the limit.`,
    remedy: 'Delete versions that no association uses.',
  }),
  InvalidDocumentType: (f: { name: string; documentType: string }) => ({
    title: `Document “${f.name}” is no change calendar: it is of type ${f.documentType}.`,
    remedy: 'Choose a calendar from the Calendars page.',
  }),
  UnsupportedCalendarException: (f: { name: string }) => ({
    title: `What the calendar “${f.name}” says cannot be understood, so it counts as closed.`,
    remedy: 'Open it on the Calendars page, which says what is wrong with it, and bring its events in again.',
  }),
  AssociatedInstances: (f: { name: string; associations: number; version?: number }) => ({
    title: `${f.version === undefined ? '' : `Version ${f.version} of `}Document “${f.name}” is used by ${f.associations} association(s).`,
    remedy: 'Delete or change those associations first.',
  }),
  InvalidDocumentOperation: (f: { name: string; because: string }) => ({
    title: `Document “${f.name}” cannot be changed this way: ${f.because}.`,
    remedy: 'Leave it as it is, or save a copy under a name of your own.',
  }),
  InvalidParameters: (f: { problems: readonly string[] }) => ({
    title: firstOf(f.problems),
    remedy: 'Correct the marked parameters; the document’s page lists what it takes.',
  }),
  ParameterNotFound: (f: { name: string }) => ({
    title: `There is no parameter named “${f.name}”.`,
    remedy: 'Create it on the Parameters page, or correct the name.',
  }),
  ParameterVersionNotFound: (f: { name: string; version: number }) => ({
    title: `The parameter “${f.name}” has no version ${f.version}.`,
    remedy: 'Choose a version from its history; the oldest go when there are more than 100.',
  }),
  ParameterAlreadyExists: (f: { name: string }) => ({
    title: `A parameter named “${f.name}” exists already.`,
    remedy: 'Choose another name, or open that parameter and put a new value.',
  }),
  ParameterLimitExceeded: (f: { limit: number }) => ({
    title: `There are ${f.limit} parameters already, which is the limit.`,
    remedy: 'Delete parameters that nothing refers to.',
  }),
  ParameterMaxVersionLimitExceeded: (f: { name: string; version: number; associations: number }) => ({
    title: `The oldest version of “${f.name}”, ${f.version}, would go, and ${f.associations} association(s) refer to it by its number.`,
    remedy: 'Let those associations follow the parameter, or refer to a newer version.',
  }),
  ParameterPatternMismatchException: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Correct the value, or its allowed pattern.',
  }),
  UnsupportedParameterType: (f: { problem: string }) => ({ title: f.problem, remedy: 'Choose one of the three types.' }),
  HierarchyLevelLimitExceededException: (f: { problem: string }) => ({ title: f.problem, remedy: 'Shorten the name by a level.' }),
  HierarchyTypeMismatchException: (f: { name: string; type: string }) => ({
    title: `The type of “${f.name}” is ${f.type} and cannot be changed.`,
    remedy: 'Create a parameter under another name.',
  }),
  InvalidAllowedPatternException: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Write a regular expression without look-around and back-references, such as ^[0-9]+$.',
  }),
  'E-PARAMETER-CHANGED': (f: { name: string; sent: number; newest: number }) => ({
    title: `Someone put version ${f.newest} of “${f.name}” while you looked at version ${f.sent}.`,
    remedy: 'Look at the new value, then put yours again if it is still wanted.',
  }),
  'E-PARAMETER-SEALED': (f: { name: string }) => ({
    title: `The value of “${f.name}” cannot be opened: it was sealed with another key than this site’s.`,
    remedy: 'Put the keys folder back that belongs to this database, or put the value anew.',
  }),
  'E-SECRETS-UNSEALED': (f: { because: string }) => ({
    title: `Secret values would not be kept secret (${f.because}). Holdfast did not start.`,
    remedy: 'Repair or reinstall Holdfast; its database was not changed.',
  }),
  InvalidSchedule: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Use rate(30 minutes), cron(0 2 ? * SUN *) or at(2030-07-07T15:55:00); times are UTC.',
  }),
  InvalidTarget: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Target node ids, every node (InstanceIds = *), up to five tags, or one resource group.',
  }),
  InvalidOutputLocation: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Give a bucket name of 3 to 63 characters, and a region of 3 to 20 or none.',
  }),
  InvalidTargetMaps: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Leave TargetMaps out, and say with Targets which nodes are meant.',
  }),
  UnsupportedPlatformType: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Choose nodes of those platforms, or a document that runs on the nodes.',
  }),
  InvalidUpdate: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Create a new association with these settings, and delete this one.',
  }),
  'E-GROUP-UNKNOWN': (f: { name: string }) => ({
    title: `There is no resource group “${f.name}”.`,
    remedy: 'It may have been deleted meanwhile. Go back to the list of resource groups.',
  }),
  'E-GROUP-CHANGED': (f: { name: string }) => ({
    title: `Resource group “${f.name}” was changed meanwhile.`,
    remedy: 'What you wrote is not saved. Open the group again to see what it is now, and change that.',
  }),
  'E-GROUP-EXISTS': (f: { name: string }) => ({
    title: `A resource group named “${f.name}” exists already.`,
    remedy: 'Choose another name, or open that group and change it.',
  }),
  'E-GROUP-LIMIT': (f: { limit: number }) => ({
    title: `There are ${f.limit} resource groups already, which is the limit.`,
    remedy: 'Delete groups that no association targets.',
  }),
  InvalidInstanceId: (f: { nodeId: string } | { problem: string }) => ({
    title: 'problem' in f ? f.problem : `There is no managed node ${f.nodeId}.`,
    remedy: 'Choose nodes from the Nodes page.',
  }),
  InvalidTag: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'A tag has a key of 1 to 128 and a value of up to 256 characters, without control characters, and a key occurs once.',
  }),
  TooManyTagsError: (f: { sent: number }) => ({
    title: `${f.sent} tags are too many: a resource has at most 50.`,
    remedy: 'Remove tags that nothing selects by.',
  }),
  ValidationException: (f: { problems: readonly string[] }) => ({
    title: firstOf(f.problems),
    remedy: 'Correct the marked fields, then save again.',
  }),
  AssociationDoesNotExist: (f: { associationId: string } | { name: string; nodeId: string }) => ({
    title: 'name' in f ? `There is no association of “${f.name}” with ${f.nodeId}.` : `There is no association ${f.associationId}.`,
    remedy: 'It may have been deleted meanwhile. Go back to the list.',
  }),
  /** `newest` where a version was edited that is not the newest any more. */
  InvalidAssociationVersion: (f: { sent: number; newest: number } | { version: number }) =>
    'version' in f
      ? { title: `This association has no version ${f.version}.`, remedy: 'Use $LATEST, or a number from its list of versions.' }
      : {
          title: `Someone saved version ${f.newest} of this association while you edited version ${f.sent}.`,
          remedy: 'Reload the association, make your change again, and save.',
        },
  InvalidAssociation: (f: { associationId: string; node: string }) => ({
    title: `Association ${f.associationId} does not apply to ${f.node}. Nothing was started.`,
    remedy: 'Name associations that target this node, or none, which applies all of them.',
  }),
  'E-REFRESH-STEP': (f: { executionId: string; stepIndex: number }) => ({
    title: `Step ${f.stepIndex} of execution ${f.executionId} does not refresh associations.`,
    remedy: 'Only a step of the action aws:refreshAssociation may ask for it, while it runs.',
  }),
  AssociationLimitExceeded: (f: { limit: number }) => ({
    title: `There are ${f.limit} associations already, which is the limit.`,
    remedy: 'Delete associations that are no longer needed.',
  }),
  AssociationVersionLimitExceeded: (f: { limit: number }) => ({
    title: `This association has ${f.limit} versions, which is the limit.`,
    remedy: 'Create a new association with these settings and delete this one.',
  }),
  AssociationExecutionDoesNotExist: (f: { executionId: string }) => ({
    title: `There is no execution ${f.executionId}.`,
    remedy: 'Go back to the list of executions.',
  }),
  InvalidActivationId: () => ({
    title: 'The activation id or code is not valid.',
    remedy: 'Copy the command from Nodes, Add machine again. The code is shown only once, when the activation is made.',
  }),
  InvalidActivation: (f: { because: string }) => ({
    title: `The activation cannot be used: ${f.because}.`,
    remedy: 'Make a new one in Holdfast under Nodes, Add machine.',
  }),
  'E-ENROLL-RATE': (f: { waitSeconds: number }) => ({
    title: 'Too many enrollments with a wrong code came from this address.',
    remedy: `Wait ${f.waitSeconds} seconds, then try again with the right code.`,
  }),
  'E-ENROLL-REQUEST': (f: { problem: string }) => ({
    title: `The enrollment request is not valid: ${f.problem}.`,
    remedy: 'Use the holdfast-agent that belongs to this controller’s version.',
  }),
  'E-CERT-REQUIRED': () => ({
    title: 'A valid certificate of this site is required.',
    remedy: 'Enroll this machine first.',
  }),
  'E-NODE-OFFLINE': (f: { name: string }) => ({
    title: `${f.name} is not connected.`,
    remedy: 'It gets what it missed when it connects. To run now, start the agent there.',
  }),
  'E-PORT-IN-USE': (f: { port: number; option: string }) => ({
    title: `Port ${f.port} is in use by another program.`,
    remedy: `Stop that program, or choose another port with ${f.option} N.`,
  }),
  'E-PORT-DENIED': (f: { port: number; option: string }) => ({
    title: `This user may not listen on port ${f.port}.`,
    remedy: `Choose a port above 1023 with ${f.option} N.`,
  }),
  'E-DATA-FOLDER': (f: { folder: string; cause: string }) => ({
    title: `The data folder ${f.folder} cannot be written (${f.cause}).`,
    remedy: 'Mend its permissions or free space, or choose another folder with --data DIR.',
  }),
  'E-ALREADY-RUNNING': (f: { folder: string; where: string }) => ({
    title: `Holdfast is running on ${f.folder} already: ${f.where}`,
    remedy: 'Use that one, or choose another folder with --data DIR.',
  }),
  'E-DATABASE-CORRUPT': (f: { file: string; cause: string }) => ({
    title: `The database ${f.file} is damaged (${f.cause}). Nothing was changed in it.`,
    remedy: 'Keep the file, put the newest copy from the folder’s backups in its place, and start again.',
  }),
  'E-DATABASE-NEWER': (f: { file: string; found: number; known: number }) => ({
    title: `The database ${f.file} was written by a newer Holdfast (schema ${f.found}; this one knows up to ${f.known}).`,
    remedy: 'Start the newer Holdfast, or choose another folder with --data DIR.',
  }),
  'E-DISK-FULL': (f: { cause: string }) => ({
    title: `The controller’s disk refused to write (${f.cause}). Nothing was half-saved.`,
    remedy: 'Free space on the disk that holds the data folder; Holdfast goes on by itself.',
  }),
  'E-KEYS-SEALED': (f: { file: string }) => ({
    title: `The site’s keys in ${f.file} are sealed by this user’s key store, which cannot be opened now.`,
    remedy: 'Start the desktop app as the user who made the site, with the keyring unlocked, or choose another folder with --data DIR.',
  }),
  'E-KEYS-UNSEALED': (f: { file: string }) => ({
    title: `This computer’s key store did not encrypt the site’s keys (${f.file}). They were not used.`,
    remedy: 'Unlock or repair the key store (keyring, Keychain) of this user, then start again.',
  }),
  'E-KEYS-DAMAGED': (f: { file: string; cause: string }) => ({
    title: `The site’s keys in ${f.file} cannot be read (${f.cause}).`,
    remedy: 'Put the keys folder back from a backup: without it no agent of this site can be reached.',
  }),
  'E-LINK-USED': () => ({
    title: 'This link was used already or is too old.',
    remedy: 'Run npm start again: it shows a fresh link to the Holdfast that is running.',
  }),
  'E-SESSION': () => ({
    title: 'This window is not signed in to Holdfast.',
    remedy: 'Run npm start again and open the link that it shows.',
  }),
  'E-AGENT-PROGRAM': (f: { cause: string }) => ({
    title: `The agent’s program cannot be used (${f.cause}).`,
    remedy: 'Run npm run build, then start again.',
  }),
  'E-SAMPLE-LAB': (f: { problem: string }) => ({ title: f.problem, remedy: 'Give a number from 0 to 50.' }),
  'E-ALARM-UNKNOWN': (f: { name: string }) => ({
    title: `There is no alarm named “${f.name}”.`,
    remedy: 'It may have been removed meanwhile. Settings lists the alarms that there are.',
  }),
  'E-ALARM-LIMIT': (f: { limit: number }) => ({
    title: `There are ${f.limit} alarms already, which is the limit.`,
    remedy: 'Remove alarms that no association names.',
  }),
  'E-INTERNAL': (f: { reference: string }) => ({
    title: `Holdfast met a fault of its own (${f.reference}). Nothing was half-saved.`,
    remedy: 'Try again; if it comes back, the controller’s log has the details under this reference.',
  }),
} satisfies Record<string, (facts: never) => Wording>;

export type FaultCode = keyof typeof wording;
export type FaultFacts<Code extends FaultCode> = Parameters<(typeof wording)[Code]>[0];

export const FAULT_CODES = Object.keys(wording) as readonly FaultCode[];

/** Where in what the person typed the trouble is: a field's name as the API spells it, and a place in a document's source. */
export type FaultPlace = { field?: string; line?: number | null; column?: number | null };

/** A failure someone can act on. Everything else that is thrown is a bug and keeps its stack. */
export class Fault<Code extends FaultCode = FaultCode> extends Error {
  readonly code: Code;
  readonly facts: FaultFacts<Code>;
  readonly remedy: string;
  readonly places: readonly FaultPlace[];

  constructor(code: Code, facts: FaultFacts<Code>, options: ErrorOptions & { places?: readonly FaultPlace[] } = {}) {
    // Indexing the table by a type parameter loses the pairing of code and facts that the signature just checked.
    const { title, remedy } = (wording[code] as unknown as (facts: FaultFacts<Code>) => Wording)(facts);
    super(title, options);
    this.name = 'Fault';
    this.code = code;
    this.facts = facts;
    this.remedy = remedy;
    this.places = options.places ?? [];
  }

  /** The same trouble for someone who spells the places otherwise. */
  at(places: readonly FaultPlace[]): Fault<Code> {
    return new Fault(this.code, this.facts, { places, cause: this });
  }
}
