import type { Moment } from './moment.ts';
import type { OracleTrigger } from './oracle-executions.ts';
import type { AssociationNumber, NodeNumber } from './world.ts';

/** A run that a node is to have as soon as what keeps it away is over. */
export type Debt = {
  association: AssociationNumber;
  node: NodeNumber;
  trigger: OracleTrigger;
  because: 'NodeOffline' | 'CalendarClosed';
  since: Moment;
};

type Owing = Omit<Debt, 'since'> & { now: Moment };

/** At most one for each association and node, however much was missed. */
export class OracleDebts {
  readonly #debts = new Map<string, Debt>();

  owe({ now, ...owing }: Owing): void {
    const key = `${owing.association}/${owing.node}`;
    const known = this.#debts.get(key);
    // A node that is new to the association, or was away for so long, is so still when it also misses a fire.
    const isMore =
      known !== undefined && owing.trigger === 'CatchUp' && (known.trigger === 'NodeMatched' || known.trigger === 'LongAbsence');
    this.#debts.set(key, { ...owing, trigger: isMore ? known.trigger : owing.trigger, since: known?.since ?? now });
  }

  /** A node that is away catches up; what it is new to, it is still new to when it comes. */
  oweOffline(association: AssociationNumber, node: NodeNumber, { trigger, now }: { trigger: OracleTrigger; now: Moment }): void {
    const kept = trigger === 'NodeMatched' || trigger === 'LongAbsence' ? trigger : 'CatchUp';
    this.owe({ association, node, trigger: kept, because: 'NodeOffline', now });
  }

  forget(association: AssociationNumber, node: NodeNumber): void {
    this.#debts.delete(`${association}/${node}`);
  }

  forgetAssociation(association: AssociationNumber): void {
    for (const [key, debt] of this.#debts) if (debt.association === association) this.#debts.delete(key);
  }

  forgetNode(node: NodeNumber): void {
    for (const [key, debt] of this.#debts) if (debt.node === node) this.#debts.delete(key);
  }

  /** The longest owed first. */
  where(isMeant: (debt: Debt) => boolean): Debt[] {
    return [...this.#debts.values()].filter(isMeant).sort((a, b) => a.since - b.since || a.association - b.association || a.node - b.node);
  }
}
