const retired: Readonly<Record<string, string>> = {
  'aws:cloudWatch': 'AWS has retired it, and it sends to Amazon CloudWatch, which is not there without the cloud',
  'aws:configureDocker': 'AWS has retired it, and it is for old Windows servers; a package or a script can install Docker',
  'aws:updateAgent': 'it updates EC2Config, which only old Windows images of EC2 have',
};

/** Why an action of AWS’s that is known will never run here; null where that is not so. */
export const whyRetired = (action: string): string | null => (Object.hasOwn(retired, action) ? (retired[action] ?? null) : null);
