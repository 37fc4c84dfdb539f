import { createHash, randomUUID } from 'node:crypto';
import type { DocumentContent } from '../../../agent/document/document.ts';
import { renderDocumentSource } from '../../../agent/document/source.ts';
import { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Association, AssociationDraft } from '../../../electron/domain/association.ts';
import { NO_TARGETS } from '../../../electron/domain/execution.ts';
import type { ManagedNode } from '../../../electron/domain/node.ts';

/** A made-up site, the same at each start apart from its times. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const ago = (milliseconds: number): Date => new Date(Date.now() - milliseconds);

export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const random = seededRandom(7);
const pick = <Value>(values: readonly [Value, ...Value[]]): Value => values[Math.floor(random() * values.length)] ?? values[0];

export function madeNode(index: number, part: Partial<ManagedNode> = {}): ManagedNode {
  const platform = pick([
    { platformType: 'Linux' as const, platformName: 'Ubuntu', platformVersion: '24.04' },
    { platformType: 'Linux' as const, platformName: 'Debian GNU/Linux', platformVersion: '12' },
    { platformType: 'Windows' as const, platformName: 'Microsoft Windows 11 Education', platformVersion: '10.0.26100' },
  ]);
  const room = pick(['B12', 'B14', 'C03']);
  const name = `lab-${room.toLowerCase()}-${String(index).padStart(2, '0')}`;
  const isAway = random() < 0.14;
  return {
    nodeId: NodeId.parse(`mi-${createHash('sha256').update(name).digest('hex').slice(0, 17)}`),
    name,
    origin: 'Activation',
    pingStatus: isAway ? 'ConnectionLost' : 'Online',
    lastPingAt: ago(isAway ? random() * 3 * DAY : random() * 9000),
    registeredAt: ago((5 + random() * 50) * DAY),
    activationId: null,
    agentVersion: '0.1.0',
    ...platform,
    architecture: 'x86_64',
    computerName: name.toUpperCase(),
    ipAddress: `10.20.${index % 4}.${20 + index}`,
    tags: [
      { key: 'lab', value: room },
      { key: 'os', value: platform.platformType.toLowerCase() },
      ...(random() < 0.3 ? [{ key: 'exam', value: 'yes' }] : []),
    ],
    certificateExpiresAt: new Date(Date.now() + (8 + random() * 50) * DAY),
    clockOffsetSeconds: random() < 0.05 ? 187 : (random() - 0.5) * 0.6,
    outboxDepth: 0,
    ...part,
  };
}

export function madeFleet(count: number): ManagedNode[] {
  const nodes = Array.from({ length: count }, (_, index) => madeNode(index + 1));
  const local = madeNode(90, {
    name: 'office-desktop',
    origin: 'LocalAgent',
    pingStatus: 'Online',
    lastPingAt: ago(2000),
    clockOffsetSeconds: 0,
  });
  const samples = [1, 2, 3].map((index) =>
    madeNode(100 + index, { name: `sample-${index}`, origin: 'SampleLab', pingStatus: 'Online', tags: [{ key: 'lab', value: 'sample' }] }),
  );
  const hostile = madeNode(77, { name: '<img src=x onerror=alert(1)> "quoted" node with a very long name that goes on' });
  return [...nodes, local, ...samples, hostile];
}

const draft = (part: Partial<AssociationDraft> & Pick<AssociationDraft, 'associationName' | 'documentName'>): AssociationDraft => ({
  documentVersion: '$DEFAULT',
  parameters: {},
  targets: [{ key: 'tag:lab', values: ['B12', 'B14'] }],
  scheduleExpression: 'rate(1 hour)',
  scheduleOffset: null,
  applyOnlyAtCronInterval: false,
  maxConcurrency: null,
  maxErrors: null,
  complianceSeverity: 'MEDIUM',
  syncCompliance: 'AUTO',
  ...part,
});

const everyNode = [{ key: 'InstanceIds', values: ['*'] }];

export const drafts: readonly AssociationDraft[] = [
  draft({
    associationName: 'disk-space',
    documentName: 'Holdfast-CheckDiskSpace',
    targets: everyNode,
    complianceSeverity: 'HIGH',
    parameters: { path: ['/'], thresholdPercent: ['90'] },
  }),
  draft({
    associationName: 'time-sync',
    documentName: 'site-time-sync',
    targets: everyNode,
    scheduleExpression: 'cron(0 2 ? * * *)',
    complianceSeverity: 'CRITICAL',
  }),
  draft({
    associationName: 'exam-lockdown',
    documentName: 'exam-lockdown',
    targets: [
      { key: 'tag:exam', values: ['yes'] },
      { key: 'tag:lab', values: ['B12'] },
    ],
    scheduleExpression: 'cron(30 5 ? * MON-FRI *)',
    maxConcurrency: '20%',
    maxErrors: '0',
  }),
  draft({
    associationName: 'motd',
    documentName: 'Holdfast-ManagedFile',
    parameters: { path: ['/etc/motd'], content: ['Welcome to the lab.\nBe kind.'] },
    scheduleExpression: 'cron(0 3 ? * SUN#1 *)',
    complianceSeverity: 'LOW',
  }),
  draft({
    associationName: 'nightly-updates',
    documentName: 'Holdfast-RunShellScript',
    parameters: { commands: ['set -eu', '', 'apt-get update', 'apt-get -y upgrade'] },
    scheduleExpression: 'cron(0 1 ? * TUE,THU *)',
    maxConcurrency: '10',
    maxErrors: '10%',
  }),
  draft({
    associationName: 'printer-queue',
    documentName: 'Holdfast-RunShellScript',
    targets: [{ key: 'tag:lab', values: ['C03'] }],
    scheduleExpression: 'rate(4 hours)',
    parameters: { commands: ['lpstat -t'] },
  }),
  draft({
    associationName: null,
    documentName: 'AWS-RunShellScript',
    targets: [{ key: 'tag-key', values: ['exam', 'lab'] }],
    scheduleExpression: null,
    parameters: { commands: ['uname -a'] },
  }),
  draft({
    associationName: 'browser-policy',
    documentName: 'Holdfast-ManagedFile',
    scheduleExpression: 'rate(30 minutes)',
    parameters: { path: ['/etc/opt/chrome/policies/managed/lab.json'], content: ['{ "HomepageLocation": "https://intranet" }'] },
  }),
  draft({
    associationName: 'scratch-cleanup',
    documentName: 'Holdfast-RunShellScript',
    scheduleExpression: 'cron(15 4 L * ? *)',
    parameters: { commands: ['find /scratch -mtime +14 -delete'] },
    applyOnlyAtCronInterval: true,
  }),
  draft({
    associationName: 'Sample-Disk-Space',
    documentName: 'Holdfast-CheckDiskSpace',
    targets: [{ key: 'tag:lab', values: ['sample'] }],
    scheduleExpression: 'rate(30 minutes)',
  }),
  draft({
    associationName: 'Sample-Welcome-File',
    documentName: 'Holdfast-ManagedFile',
    targets: [{ key: 'tag:lab', values: ['sample'] }],
    parameters: { path: ['/tmp/welcome.txt'], content: ['Hello'] },
  }),
  draft({
    associationName: 'Sample-System-Report',
    documentName: 'Holdfast-RunShellScript',
    targets: [{ key: 'tag:lab', values: ['sample'] }],
    scheduleExpression: null,
    parameters: { commands: ['uptime'] },
  }),
];

export function madeAssociation(saved: AssociationDraft): Association {
  const createdAt = ago(random() * 40 * DAY);
  return {
    ...saved,
    associationId: AssociationId.parse(randomUUID()),
    associationVersion: 1,
    createdAt,
    lastUpdatedAt: createdAt,
    scheduleAnchor: createdAt,
    nextRunAt: null,
    lastFiredAt: null,
    lastExecutionAt: null,
    lastSuccessfulExecutionAt: null,
    overview: { status: 'Pending', detailedStatus: 'Pending', counts: { ...NO_TARGETS } },
    isSample: saved.associationName?.startsWith('Sample-') ?? false,
  };
}

const script = (description: string, parameters: DocumentContent['parameters'], steps: readonly [string, string[]][]): DocumentContent => ({
  schemaVersion: '2.2',
  description,
  parameters,
  mainSteps: steps.map(([name, runCommand]) => ({ action: 'aws:runShellScript', name, inputs: { runCommand, timeoutSeconds: '600' } })),
});

const commands = { type: 'StringList' as const, description: '(Required) The lines of the script.', displayType: 'textarea' as const };
const path = { type: 'String' as const, description: '(Required) The file, as an absolute path.', allowedPattern: '^/.*[^/]$' };

const shell = script(
  'Runs shell commands on Linux and macOS nodes, as one script.',
  {
    commands,
    workingDirectory: { type: 'String', description: '(Optional) The folder that the script starts in.', default: '' },
    executionTimeout: {
      type: 'String',
      description: '(Optional) Seconds until it is stopped.',
      default: '3600',
      allowedPattern: '^[0-9]{1,6}$',
    },
  },
  [['runShellScript', ['{{ commands }}']]],
);

export const contents: ReadonlyMap<string, DocumentContent> = new Map([
  ['Holdfast-RunShellScript', shell],
  ['AWS-RunShellScript', shell],
  [
    'Holdfast-CheckDiskSpace',
    script(
      'Fails when a file system is fuller than a threshold.',
      {
        path: { type: 'String', description: '(Optional) A path on the file system.', default: '/' },
        thresholdPercent: {
          type: 'String',
          description: '(Optional) Percent used above which it fails.',
          default: '90',
          allowedValues: ['80', '90', '95'],
        },
      },
      [['checkDiskSpace', ['df -P -- "{{ path }}"']]],
    ),
  ],
  [
    'Holdfast-ManagedFile',
    script(
      'Keeps a file with exactly the given content.',
      {
        path,
        content: { type: 'String', description: '(Required) What the file holds.', displayType: 'textarea' },
        mode: { type: 'String', description: '(Optional) The file’s mode, in octal.', default: '0644' },
      },
      [['managedFile', ['printf %s "{{ content }}"']]],
    ),
  ],
  [
    'site-time-sync',
    script(
      'Keeps chrony installed, configured and running.',
      {
        server: { type: 'String', description: 'The site’s time server.', default: 'ntp.lab' },
        strict: { type: 'Boolean', description: 'Fail when the clock is off.', default: true },
      },
      [
        ['install', ['apt-get install -y chrony']],
        ['configure', ['echo "server {{ server }}" > /etc/chrony/chrony.conf']],
        ['start', ['systemctl enable --now chrony']],
        ['verify', ['chronyc tracking']],
      ],
    ),
  ],
  [
    'exam-lockdown',
    script(
      'Closes the network but for the exam server.',
      { mode: { type: 'String', description: 'How strict.', default: 'exam', allowedValues: ['exam', 'practice', 'open'] } },
      [
        ['firewall', ['nft -f /etc/lab/{{ mode }}.nft']],
        ['check', ['curl -sf https://exam.lab/ping']],
      ],
    ),
  ],
]);

export const sourceOf = (content: DocumentContent): string => renderDocumentSource(content, 'YAML');
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
