/** Every trouble of a desired-state action that a person can mend: what happened and what to do. The only place with this wording. */
const wording = {
  'E-PROGRAM-FAILED': (facts: { call: string; exitCode: number; said: string }) => ({
    title: `${facts.call} ended with exit code ${facts.exitCode}${facts.said === '' ? '' : `: ${facts.said}`}.`,
    remedy: 'Run it on the node by hand to see all that it says.',
  }),
  'E-STILL-DIFFERENT': (facts: { what: string }) => ({
    title: `All was done without a failure, and the node still differs: ${facts.what}.`,
    remedy: 'Something else on the node may change it back at once; look for other tools that manage it.',
  }),
  'E-NO-BACKEND': (facts: { what: string; tools: string }) => ({
    title: `This node has nothing that can manage ${facts.what}; one of ${facts.tools} is needed.`,
    remedy: 'Install one of them, or target other nodes.',
  }),
  'E-NOT-SUPPORTED': (facts: { what: string; by: string }) => ({
    title: `${facts.what} is not possible with ${facts.by}.`,
    remedy: 'Take that input out for such nodes, or give the step a precondition.',
  }),
  'E-NOT-ROOT': (facts: { what: string }) => ({
    title: `${facts.what} needs root, and this agent runs as another user.`,
    remedy: 'Run the agent as root, or as a service of the system.',
  }),
  'E-FILE-SYSTEM': (facts: { path: string; cause: string }) => ({
    title: `${facts.path} cannot be read or changed: ${facts.cause}.`,
    remedy: 'Run the agent with the rights that this needs, or make room, or choose another path.',
  }),
  'E-PATH-LINK': (facts: { path: string; link: string }) => ({
    title: `${facts.path} is not touched: ${facts.link} is a symbolic link that somebody without root’s rights may have made.`,
    remedy: 'Give the path that the link shall lead to, or remove the link.',
  }),
  'E-PATH-KIND': (facts: { path: string; found: string; wanted: string }) => ({
    title: `${facts.path} is ${facts.found}, and ${facts.wanted} is wanted there.`,
    remedy: 'Remove it first, with ensure: absent, or give another path.',
  }),
  'E-PATH-PARENT': (facts: { path: string; parent: string }) => ({
    title: `${facts.path} cannot be made, because there is no folder ${facts.parent}.`,
    remedy: 'Make the folder in a step before, or set makeParents to true.',
  }),
  'E-PATH-PROTECTED': (facts: { path: string; because: string }) => ({
    title: `${facts.path} is not removed: ${facts.because}.`,
    remedy: 'Give the paths below it that shall go, one by one.',
  }),
  'E-FOLDER-NOT-EMPTY': (facts: { path: string; entries: number }) => ({
    title: `The folder ${facts.path} has ${facts.entries} entries, and is removed with them only when that is asked for.`,
    remedy: 'Set recursive to true if everything below it shall go.',
  }),
  'E-FILE-LINKED': (facts: { path: string }) => ({
    title: `${facts.path} has other names as well (hard links), in a folder that others may write to, so its owner and mode are not changed.`,
    remedy: 'Remove the file and let the step make it anew.',
  }),
  'E-SOURCE': (facts: { source: string; problem: string }) => ({
    title: `The source ${facts.source} cannot be used: ${facts.problem}.`,
    remedy: 'Download it in a step before (aws:downloadContent); a relative path is looked for below the downloads.',
  }),
  'E-TEMPLATE': (facts: { source: string; problem: string }) => ({
    title: `The template ${facts.source} ${facts.problem}.`,
    remedy: 'Give each name that stands in {{ }} a value in values.',
  }),
  'E-NAME-UNKNOWN': (facts: { kind: 'user' | 'group'; name: string }) => ({
    title: `There is no ${facts.kind} ${facts.name} on this node.`,
    remedy: `Make the ${facts.kind} in a step before, for example with holdfast:user.`,
  }),
  'E-PACKAGE-UNKNOWN': (facts: { name: string; provider: string }) => ({
    title: `${facts.provider} has no package ${facts.name} to install.`,
    remedy: 'Check the name, and whether the node’s package sources have it and could be read.',
  }),
  'E-PACKAGE-VERSION': (facts: { name: string; version: string; available: string }) => ({
    title: `There is no version ${facts.version} of ${facts.name}; there is ${facts.available}.`,
    remedy: 'Choose one of these versions, or add a package source that has the other.',
  }),
  'E-PACKAGE-HELD': (facts: { name: string; version: string }) => ({
    title: `The package ${facts.name} is on hold at ${facts.version} and was left so.`,
    remedy: 'Take the hold away on the node (apt-mark unhold), or set changeHeld to true.',
  }),
  'E-PACKAGE-DOWNGRADE': (facts: { name: string; from: string; to: string }) => ({
    title: `${facts.name} would go back from ${facts.from} to ${facts.to}.`,
    remedy: 'Set allowDowngrade to true if that is what shall happen.',
  }),
  'E-PACKAGE-REMOVALS': (facts: { removed: string }) => ({
    title: `It would also remove ${facts.removed}, so nothing was done.`,
    remedy: 'Set allowRemovals to true if that is what shall happen.',
  }),
  'E-PACKAGE-LOCKED': (facts: { seconds: number; holder: string }) => ({
    title: `The package database was still locked after ${facts.seconds} seconds${facts.holder === '' ? '' : ` by ${facts.holder}`}.`,
    remedy: 'Wait until that program is done, or raise lockTimeoutSeconds.',
  }),
  'E-PACKAGE-BROKEN': (facts: { said: string }) => ({
    title: `The package database of this node is in the middle of something: ${facts.said}.`,
    remedy: 'Mend it on the node (dpkg --configure -a, apt-get -f install), then apply again.',
  }),
  'E-SERVICE-UNKNOWN': (facts: { name: string; by: string }) => ({
    title: `${facts.by} knows no service ${facts.name}.`,
    remedy: 'Install what brings the service in a step before, and check the name.',
  }),
  'E-SERVICE-FIXED': (facts: { name: string; startup: string; wanted: string }) => ({
    title: `The service ${facts.name} is ${facts.startup}, so it cannot be ${facts.wanted}.`,
    remedy: 'Such a service starts with others that need it; leave startup out for it.',
  }),
  'E-USER-PROTECTED': (facts: { name: string; because: string }) => ({
    title: `The user ${facts.name} is not touched: ${facts.because}.`,
    remedy: 'Name another user, or change this one on the node by hand.',
  }),
  'E-PORT-CLOSED-ELSEWHERE': (facts: { ports: string; chain: string }) => ({
    title: `${facts.ports} cannot be opened by a table of Holdfast’s own: ${facts.chain} drops what it has no rule for.`,
    remedy: 'Open the port where that rule set is kept, or let that tool manage the ports of this node.',
  }),
  'E-NETWORK-BEFORE': () => ({
    title:
      'The controller could not be reached before the change, so nobody could tell whether the change cuts it off. Nothing was changed.',
    remedy: 'Mend the way to the controller first, or run the document on the node by hand.',
  }),
  'E-NETWORK-ROLLED-BACK': (facts: { seconds: number; what: string }) => ({
    title: `The controller could not be reached within ${facts.seconds} seconds after the change, so it was taken back: ${facts.what}.`,
    remedy: 'Check the values, above all address, gateway and DNS servers, for this node.',
  }),
  'E-NETWORK-NOT-RESTORED': (facts: { what: string; problem: string }) => ({
    title: `A change of the network could not be taken back whole (${facts.what}): ${facts.problem}.`,
    remedy: 'Mend it on the node’s own console; the agent tries again when it starts and with the next run of the step.',
  }),
  'E-NETWORK-INTERFACE': (facts: { problem: string }) => ({
    title: facts.problem,
    remedy: 'Name an interface that the node has; ip link shows them.',
  }),
} as const;

export type TroubleCode = keyof typeof wording;
type Facts<Code extends TroubleCode> = Parameters<(typeof wording)[Code]>[0];

/** A trouble that someone can act on, thrown by whoever plans or does. The message is the whole reason of a failed step. */
export class Trouble<Code extends TroubleCode = TroubleCode> extends Error {
  readonly code: Code;

  constructor(code: Code, facts: Facts<Code>) {
    // Indexing the table by a type parameter loses the pairing of code and facts that the signature just checked.
    const { title, remedy } = (wording[code] as (facts: Facts<Code>) => { title: string; remedy: string })(facts);
    super(`${code}: ${title} ${remedy}`);
    this.name = 'Trouble';
    this.code = code;
  }
}
