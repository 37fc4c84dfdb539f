/** What the tray, the window's header and the overview colour alike. */
export type FleetHealth = 'fine' | 'working' | 'attention';

export type FleetFacts = { nodes: number; online: number; running: number; nonCompliant: number; failedAssociations: number };

export function fleetHealth(facts: FleetFacts): FleetHealth {
  if (facts.nonCompliant > 0 || facts.failedAssociations > 0) return 'attention';
  return facts.running > 0 ? 'working' : 'fine';
}

/** “12 of 14 machines connected · 2 running”. One line: the tray's first. */
export function fleetSentence(facts: FleetFacts): string {
  if (facts.nodes === 0) return 'No machines yet';
  const machines = `${facts.online} of ${facts.nodes} machine${facts.nodes === 1 ? '' : 's'} connected`;
  const running = facts.running > 0 ? ` · ${facts.running} running` : '';
  const trouble = facts.nonCompliant > 0 ? ` · ${facts.nonCompliant} not compliant` : '';
  return machines + running + trouble;
}
