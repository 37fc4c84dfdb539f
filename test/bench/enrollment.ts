import { enroll } from '../../agent/connection/enrollment.ts';
import { parseFingerprint } from '../../agent/connection/pinned-authority.ts';
import type { PlatformFacts } from '../../agent/protocol/messages.ts';
import type { Identity } from '../../agent/storage/identity-file.ts';
import type { CreatedActivation } from '../../electron/api/nodes.ts';
import type { Tag } from '../../electron/domain/tag.ts';
import type { BenchSite } from './bench-site.ts';

export type EnrollmentPlan = { name: string; count: number; tags: Tag[] };

const AT_A_TIME = 8;
/** spec.md 10.1: one activation registers at most this many. */
const ACTIVATION_LIMIT = 1000;

const FACTS: PlatformFacts = {
  platformType: 'Linux',
  platformName: 'Bench',
  platformVersion: '1',
  architecture: 'x86_64',
  computerName: 'bench',
  ipAddress: '127.0.0.1',
};

/** Enrolls through the hub's own door with the agent's own code, only without starting a process for each. */
export async function enrollNodes(site: BenchSite, plans: readonly EnrollmentPlan[]): Promise<Identity[]> {
  const identities: Identity[] = [];
  for (const { name, count, tags } of plans) {
    for (let left = count; left > 0; left -= ACTIVATION_LIMIT) {
      const registrationLimit = Math.min(left, ACTIVATION_LIMIT);
      const draft = { description: 'bench', defaultInstanceName: name, registrationLimit, validHours: 1, tags };
      const created = await site.client.activations.create({ draft, address: '127.0.0.1' });
      identities.push(...(await spend(created, site.hubPort)));
    }
  }
  return identities;
}

export async function enrollNode(site: BenchSite, name: string): Promise<Identity> {
  const [identity] = await enrollNodes(site, [{ name, count: 1, tags: [] }]);
  if (identity === undefined) throw new Error('No node was enrolled.');
  return identity;
}

async function spend({ activation, activationCode, caFingerprint }: CreatedActivation, hubPort: number): Promise<Identity[]> {
  const identities: Identity[] = [];
  const { activationId, registrationLimit } = activation;
  const fingerprint = parseFingerprint(`sha256:${caFingerprint}`);
  const enrollment = { address: { host: '127.0.0.1', port: hubPort }, fingerprint, activationId, activationCode, facts: FACTS };
  let begun = 0;
  const worker = async () => {
    while (begun < registrationLimit) {
      begun += 1;
      identities.push(await enroll({ ...enrollment, agentVersion: 'bench' }));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return identities;
}
