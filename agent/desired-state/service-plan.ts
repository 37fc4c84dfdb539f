import type { ServiceInputs } from '../document/desired-service-inputs.ts';
import { type Call, change, type Plan } from './plan.ts';
import { Trouble } from './troubles.ts';

export interface ServiceFacts {
  readonly isRunning: boolean;
  /** In the backend's own word where it is not running. */
  readonly state: string;
  /** `fixed`: it has no startup of its own that could be changed. */
  readonly startup: 'enabled' | 'disabled' | 'masked' | 'fixed';
}

/** How one backend is told to do each of these. */
export interface ServiceVerbs {
  readonly start: readonly Call[];
  readonly stop: readonly Call[];
  readonly enable: readonly Call[];
  readonly disable: readonly Call[];
  /** Null where there is no such thing. */
  readonly mask: readonly Call[] | null;
  readonly unmask: readonly Call[];
}

/** Of a service that is not there (null), that it does not run and does not start is true already. */
export function servicePlan(inputs: ServiceInputs, found: ServiceFacts | null, { verbs, by }: { verbs: ServiceVerbs; by: string }): Plan {
  const { name, state, startup } = inputs;
  if (found === null) {
    const changes = [
      ...(startup === 'enabled' ? [change(`service ${name}`, 'startup', { before: null, after: startup })] : []),
      ...(state === 'running' ? [change(`service ${name}`, 'state', { before: null, after: state })] : []),
    ];
    return { changes, calls: [], refusal: new Trouble('E-SERVICE-UNKNOWN', { name, by }) };
  }
  const resource = `service ${name}`;
  const stateChanges =
    state === undefined || (state === 'running') === found.isRunning
      ? []
      : [change(resource, 'state', { before: found.state, after: state })];
  const isStartupRight = startup === undefined || startup === found.startup || (startup === 'disabled' && found.startup === 'fixed');
  const startupChanges = isStartupRight ? [] : [change(resource, 'startup', { before: found.startup, after: startup ?? null })];
  const startupCalls = isStartupRight ? [] : startupCallsOf(inputs, found, { verbs, by });
  const unmask = found.startup === 'masked' && state === 'running' && startup === undefined ? verbs.unmask : [];
  const isToStop = state === 'stopped';
  const stateCalls = stateChanges.length === 0 ? [] : isToStop ? verbs.stop : [...unmask, ...verbs.start];
  return {
    changes: [...startupChanges, ...stateChanges],
    calls: isToStop ? [...stateCalls, ...startupCalls] : [...startupCalls, ...stateCalls],
  };
}

function startupCallsOf(
  { name, startup }: ServiceInputs,
  found: ServiceFacts,
  { verbs, by }: { verbs: ServiceVerbs; by: string },
): readonly Call[] {
  const unmask = found.startup === 'masked' ? verbs.unmask : [];
  switch (startup) {
    case undefined:
      return [];
    case 'masked':
      if (verbs.mask === null) throw new Trouble('E-NOT-SUPPORTED', { what: 'Masking a service', by });
      return verbs.mask;
    case 'enabled':
      if (found.startup === 'fixed') throw new Trouble('E-SERVICE-FIXED', { name, startup: 'static', wanted: startup });
      return [...unmask, ...verbs.enable];
    case 'disabled':
      return [...unmask, ...verbs.disable];
  }
}
