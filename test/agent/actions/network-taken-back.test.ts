import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { rememberNetwork } from '../../../agent/actions/network-rollback.ts';
import { pendingNetworkChange } from '../../../agent/actions/pending-network-change.ts';
import { dataFolderAt, prepareDataFolder } from '../../../agent/storage/data-folder.ts';
import { saveIdentity } from '../../../agent/storage/identity-file.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { TestHub } from '../../fakes/test-hub.ts';
import { RunningProcess } from '../agent-process.ts';

test.skipIf(process.platform === 'win32')(
  'an agent that starts takes back a change of the network first, and only then looks for its controller',
  async () => {
    const hub = await TestHub.start();
    const folder = dataFolderAt(aTemporaryPath());
    prepareDataFolder(folder);
    saveIdentity(folder, await hub.identity());
    const etc = aTemporaryPath('etc');
    mkdirSync(etc);
    const [resolver, made, log] = ['resolv.conf', 'made.conf', 'log'].map((name) => join(etc, name)) as [string, string, string];
    writeFileSync(resolver, 'nameserver 192.0.2.1\n');
    const calls = [{ program: 'sh', argumentList: ['-c', `cat "$0" > "$1"`, resolver, log] }];
    await rememberNetwork(folder.state, { what: 'DNS servers', files: [resolver, made], calls });
    writeFileSync(resolver, 'nameserver 203.0.113.9\n');
    writeFileSync(made, 'new');
    const agent = new RunningProcess(folder.path);
    await hub.nextSession();
    expect(readFileSync(resolver, 'utf8')).toBe('nameserver 192.0.2.1\n');
    expect([existsSync(made), existsSync(pendingNetworkChange(folder.state)), readFileSync(log, 'utf8')]).toEqual([
      false,
      false,
      'nameserver 192.0.2.1\n',
    ]);
    expect(agent.log).toContain('network rolled back');
    expect(existsSync(dirname(pendingNetworkChange(folder.state)))).toBe(true);
    await agent.end('SIGTERM');
    await hub.close();
  },
);
