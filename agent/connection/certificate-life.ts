export interface Life {
  readonly from: Date;
  readonly to: Date;
}

/** At two thirds of its life a certificate is renewed: a third is left for a node or a controller that is away. */
export function renewalMoment({ from, to }: Life): Date {
  return new Date(from.getTime() + ((to.getTime() - from.getTime()) * 2) / 3);
}

export function isRenewalDue(life: Life, now: Date): boolean {
  return now >= renewalMoment(life);
}
