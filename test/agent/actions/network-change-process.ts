import { randomUUID } from 'node:crypto';
import { networkSettingAt } from '../../../agent/actions/holdfast-network-setting.ts';
import { NetworkSettingInputs } from '../../../agent/document/desired-network-setting-inputs.ts';
import { systemClock } from '../../../agent/platform/clock.ts';
import { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';

/*
 * A process that changes the network as an agent does, for a test that kills it: run with the folders, the search path and the inputs.
 * The controller answers before the change and never after it.
 */

const [etc = '', folder = '', searchPath = '', inputs = ''] = process.argv.slice(2);
let asked = 0;

await networkSettingAt(etc).run(NetworkSettingInputs.parse(JSON.parse(inputs)), {
  clock: systemClock,
  platform: 'Linux',
  run: {
    nodeId: NodeId.parse('mi-0123456789abcdef0'),
    executionId: ExecutionId.parse(randomUUID()),
    associationId: AssociationId.parse(randomUUID()),
    stepIndex: 0,
    documentName: 'Test',
  },
  mode: 'Enforce',
  depth: 0,
  signal: new AbortController().signal,
  stdout: { write: (bytes) => void process.stdout.write(bytes) },
  stderr: { write: (bytes) => void process.stderr.write(bytes) },
  stepFolder: `${folder}/step`,
  downloads: `${folder}/downloads`,
  stateFolder: `${folder}/state`,
  environment: { PATH: searchPath, LANG: 'C.UTF-8', HOME: '/' },
  parameterEnvironment: {},
  secrets: {},
  marker: `HOLDFAST_STEP=${folder}`,
  controller: {
    ask: () => Promise.resolve(null),
    fetchBlob: () => Promise.resolve(false),
    isReachable() {
      asked += 1;
      return Promise.resolve(asked === 1);
    },
  },
  refresh: () => Promise.resolve(null),
  runDocument: () => Promise.resolve({ kind: 'stopped' }),
  onProcess: () => undefined,
});
