import type { NodeRow } from '../../electron/api/nodes.ts';
import { isClockOff } from '../../electron/domain/node.ts';
import { TagList } from '../terms/tag-list.tsx';
import { Age, At } from '../ui/age.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import type { Fact } from '../ui/key-value.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { plural } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { Mark } from '../ui/status-badge.tsx';
import { clockText, platformName } from './node-words.ts';

const origins: Record<NodeRow['origin'], string> = {
  Activation: 'Enrolled with an activation',
  LocalAgent: 'The agent of this computer',
  SampleLab: 'A sample agent on this computer',
};

function machineFacts(node: NodeRow): Fact[] {
  return [
    { label: 'Computer name', value: node.computerName },
    { label: 'IP address', value: <span className="hf-mono">{node.ipAddress}</span> },
    { label: 'Platform', value: platformName(node) },
    { label: 'Kind', value: `${node.platformType}, ${node.architecture}` },
    { label: 'Agent', value: `Version ${node.agentVersion}` },
    {
      label: 'Clock',
      value: (
        <>
          {clockText(node.clockOffsetSeconds)}
          {isClockOff(node) && <Mark tone="warn">Off</Mark>}
        </>
      ),
    },
  ];
}

function identityFacts(node: NodeRow): Fact[] {
  return [
    {
      label: 'Node id',
      value: (
        <>
          <code>{node.nodeId}</code>
          <CopyButton text={node.nodeId} what="node id" />
        </>
      ),
    },
    { label: 'How it came', value: origins[node.origin] },
    { label: 'Registered', value: <At at={node.registeredAt} /> },
    {
      label: 'Certificate',
      value: (
        <span>
          Expires <Age at={node.certificateExpiresAt} /> (<At at={node.certificateExpiresAt} />)
        </span>
      ),
    },
    { label: 'Last heard of', value: node.lastPingAt === null ? 'Never' : <Age at={node.lastPingAt} /> },
    { label: 'Not sent yet', value: node.outboxDepth === 0 ? 'Nothing' : plural(node.outboxDepth, 'report') },
  ];
}

export function NodeFacts({ node }: { node: NodeRow }) {
  return (
    <>
      <Panel title="Tags">
        <TagList tags={node.tags} layout="wrap" />
      </Panel>
      <Panel title="Machine">
        <KeyValue facts={machineFacts(node)} />
      </Panel>
      <Panel title="Identity">
        <KeyValue facts={identityFacts(node)} />
      </Panel>
    </>
  );
}
