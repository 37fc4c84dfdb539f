import * as z from 'zod';
import { type ActionDeclaration, everywhere, type Fit, flowFits, flowInputs, listFit } from './action-declaration.ts';
import { strictMap } from './violation.ts';

const AnAssociation = z.uuid('must be the id of an association, a UUID');

/** One id may be written as text; no id, or empty text, stands for all associations of the node (spec.md 8.9). */
const AssociationIds = z
  .union([z.string(), z.array(z.unknown())], 'must be the id of an association, or a list of ids')
  .transform((given, context) => {
    if (given === '') return [];
    const ids: string[] = [];
    for (const [position, value] of [given].flat().entries()) {
      const id = AnAssociation.safeParse(value);
      if (id.success) ids.push(id.data);
      // Of text the trouble is there, and not at an entry that nobody wrote.
      else context.addIssue({ code: 'custom', path: typeof given === 'string' ? [] : [position], message: id.error.issues[0]?.message });
    }
    return ids;
  });

/** What aws:refreshAssociation works with, after interpolation. */
export const RefreshInputs = strictMap({
  associationIds: AssociationIds.default([]),
  ...flowInputs,
});
export type RefreshInputs = z.infer<typeof RefreshInputs>;

const fits: Record<keyof RefreshInputs, Fit> = { associationIds: listFit, ...flowFits };

export const refreshAssociation: ActionDeclaration<RefreshInputs> = {
  platforms: everywhere,
  inputs: RefreshInputs,
  fits,
  canCheck: false,
};
