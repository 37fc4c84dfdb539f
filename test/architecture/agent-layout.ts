import type { Room } from './room.ts';

/** What a person may say about work on a machine, and what goes over the wire: pure, and understood by both ends. */
export const agentContracts = ['agent/document', 'agent/schedule', 'agent/protocol'];
const nodeBuiltIns = 'node:*';

/** What runs on a lab machine, and what its two ends share. */
export const agentRooms: readonly Room[] = [
  {
    path: 'agent',
    charter: 'The agent, one process on a lab machine: main.ts puts it together; what authors of documents ask it needs no controller.',
    mayImport: [...agentContracts, 'agent/storage', 'agent/platform', 'agent/steps', 'agent/actions', 'agent/runner', 'agent/connection'],
    packages: [nodeBuiltIns, 'yaml', 'zod'],
    because: 'runs on a lab machine, where nothing of the desktop app is',
  },
  {
    path: 'agent/document',
    charter: 'The document language: schema, parameters, preconditions, what an action takes.',
    mayImport: [],
    packages: ['zod', 'yaml'],
    because: 'is understood by agent, controller and window alike, so it stands on nothing',
    pure: true,
  },
  {
    path: 'agent/schedule',
    charter: 'When cron, rate and at expressions fire, and what to do about a missed fire.',
    mayImport: [],
    packages: ['zod'],
    because: 'is asked by agent, controller and window alike, so it stands on nothing',
    pure: true,
  },
  {
    path: 'agent/calendar',
    charter: 'Change calendars: what an iCalendar text says, and whether it is open at an instant.',
    mayImport: ['agent/schedule'],
    packages: ['ical.js', 'windows-iana', 'zod'],
    because: 'is asked by whoever gates, and knows neither documents nor associations',
    pure: true,
  },
  {
    path: 'agent/protocol',
    charter: 'The wire between agent and controller: ids, messages, statuses, failures, framing, versions.',
    mayImport: ['agent/document', 'agent/schedule'],
    packages: ['zod'],
    because: 'is spoken by both ends, so it belongs to neither',
    pure: true,
  },
  {
    path: 'agent/desired-state',
    charter:
      'What is there, what is wanted, and the changes and programs in between: of files, packages, services, users, ports, networks.',
    mayImport: ['agent/document', 'agent/protocol'],
    packages: ['zod'],
    because: 'plans for platforms that are not this one, so it touches none',
    pure: true,
  },
  {
    path: 'agent/storage',
    charter: "The agent's memory on disk: identity, the journal of what ran, the outbox of what is not yet stored.",
    mayImport: ['agent/document', 'agent/protocol'],
    packages: [nodeBuiltIns, 'node:sqlite', 'zod'],
    because: 'remembers, and decides nothing',
  },
  {
    path: 'agent/platform',
    charter: 'What differs between operating systems: process trees, facts about the machine, usual folders.',
    mayImport: [],
    packages: [nodeBuiltIns, 'env-paths', 'execa', 'zod'],
    because: 'knows the operating system, not us',
  },
  {
    path: 'agent/patching',
    charter: 'Patches: what package managers say of a node, and what a patch baseline makes of it.',
    mayImport: ['agent/document'],
    packages: ['zod'],
    because: 'reads and judges what others have asked for, and runs nothing',
    pure: true,
  },
  {
    path: 'agent/steps',
    charter: 'What every action stands on: what it is given and answers, and how the programs and scripts of a step run.',
    mayImport: ['agent/document', 'agent/protocol', 'agent/platform'],
    packages: [nodeBuiltIns, 'execa', 'zod'],
    because: 'is below every action, so it knows none',
  },
  {
    path: 'agent/downloads',
    charter: 'Fetches what steps need over HTTP, from Git, from stores like S3 or from the controller; unpacks archives, and trusts none.',
    mayImport: ['agent/document', 'agent/protocol', 'agent/platform', 'agent/steps'],
    packages: [nodeBuiltIns, 'aws4fetch', 'tar', 'yauzl', 'zod'],
    because: 'is used by several actions, so it knows none',
  },
  {
    path: 'agent/packages',
    charter: 'Packages of the package store on a node: what is installed, and how one is installed, updated, rolled back and removed.',
    mayImport: ['agent/document', 'agent/protocol', 'agent/platform', 'agent/steps', 'agent/downloads'],
    packages: [nodeBuiltIns, 'zod'],
    because: 'changes a node, and leaves to its action what was asked for',
  },
  {
    path: 'agent/actions',
    charter: 'One file per action, named as the action, and beside it what is of that action alone.',
    mayImport: [
      'agent/document',
      'agent/desired-state',
      'agent/protocol',
      'agent/patching',
      'agent/platform',
      'agent/inventory',
      'agent/steps',
      'agent/downloads',
      'agent/packages',
    ],
    packages: [nodeBuiltIns, 'zod'],
    because: 'is an action, and does not know who asked',
  },
  {
    path: 'agent/inventory',
    charter: 'What a machine is made of: one file per system that tells of its software, network, services or files.',
    mayImport: ['agent/protocol', 'agent/platform'],
    packages: [nodeBuiltIns, 'zod'],
    because: 'looks, and does not know who asked',
  },
  {
    path: 'agent/runner',
    charter: 'Runs one document: decides the next move, makes it, survives a restart.',
    mayImport: [...agentContracts, 'agent/actions', 'agent/steps', 'agent/platform', 'agent/storage'],
    packages: [nodeBuiltIns, 'zod'],
    because: 'runs without a network',
  },
  {
    path: 'agent/connection',
    charter: 'Enrollment, and the mutual TLS connection to the controller: reconnects, sends the outbox, receives work.',
    mayImport: ['agent/protocol', 'agent/platform', 'agent/storage'],
    packages: [nodeBuiltIns, 'ws', 'zod', '@peculiar/x509', 'reflect-metadata'],
    because: 'carries, and does not run',
  },
];
