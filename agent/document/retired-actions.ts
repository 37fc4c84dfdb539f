const retired: Readonly<Record<string, string>> = {
  'aws:cloudWatch': 'AWS has retired it, and it sends to Amazon CloudWatch, which is not there without the cloud',
  'aws:configureDocker': 'AWS has retired it, and it is for old Windows servers; a package or a script can install Docker',
  'aws:updateAgent': 'it updates EC2Config, which only old Windows images of EC2 have',
};

/** What is done another way until this product has it. */
const later: Readonly<Record<string, string>> = {
  'aws:updateSsmAgent':
    'an agent is updated with the installers, which this version has not: until then copy the new holdfast-agent.mjs to the machine and start it again',
};

/** Why an action of AWS’s that means something here cannot run yet; null where that is not so. */
export const whyLater = (action: string): string | null => (Object.hasOwn(later, action) ? (later[action] ?? null) : null);

/** Why an action of AWS’s that is known will never run here; null where that is not so. */
export const whyRetired = (action: string): string | null => (Object.hasOwn(retired, action) ? (retired[action] ?? null) : null);
