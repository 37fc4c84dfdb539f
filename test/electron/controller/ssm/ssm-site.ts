import { expect } from 'vitest';
import * as z from 'zod';
import { AssociationId } from '../../../../agent/protocol/ids.ts';
import { callSsm } from '../../../../electron/controller/ssm/call-ssm.ts';
import type { AssociationLimits } from '../../../../electron/domain/association.ts';
import type { SimulatedSite, SiteSettings } from '../../../simulation/simulated-site.ts';
import { openSimulatedSite } from '../../../simulation/simulated-site.ts';

const Created = z.object({ AssociationDescription: z.object({ AssociationId }) });

/** A simulated site that is asked in the words of the SSM API. */
export type SsmSite = {
  site: SimulatedSite;
  call(operation: string, request?: unknown): object;
  /** The id of a new association of AWS-RunShellScript with every node, unless it is said otherwise. */
  create(members?: object): AssociationId;
};

export function openSsmSite(settings: SiteSettings & { limits?: Partial<AssociationLimits> } = {}): SsmSite {
  const site = openSimulatedSite(settings);
  const call = (operation: string, request?: unknown) =>
    site.perform((context) =>
      callSsm({ ...context, associationLimits: { ...context.associationLimits, ...settings.limits } }, operation, request),
    );
  const create = (members: object = {}) =>
    Created.parse(call('CreateAssociation', { ...EVERY_NODE, ...members })).AssociationDescription.AssociationId;
  return { site, call, create };
}

export const EVERY_NODE = {
  Name: 'AWS-RunShellScript',
  Parameters: { commands: ['true'] },
  Targets: [{ Key: 'InstanceIds', Values: ['*'] }],
};

/** A refusal by this name, on these members if any are given. */
export const refusal = (code: string, ...members: string[]) =>
  expect.objectContaining({
    name: 'Fault',
    code,
    ...(members.length === 0 ? {} : { places: expect.arrayContaining(members.map((field) => expect.objectContaining({ field }))) }),
  });
