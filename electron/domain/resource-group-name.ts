import * as z from 'zod';

/** AWS Resource Groups' rule for names. */
export const ResourceGroupName = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{1,128}$/, 'A group name has 1 to 128 letters, digits and _ . -')
  .refine((name) => !/^aws/i.test(name), 'A group name does not begin with aws, which AWS keeps for itself.');
