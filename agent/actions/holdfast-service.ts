import { existsSync } from 'node:fs';
import type { Backend } from '../desired-state/plan.ts';
import { launchdServices, openrcServices, systemdServices, sysvServices, windowsServices } from '../desired-state/service-backends.ts';
import { Trouble } from '../desired-state/troubles.ts';
import type { ServiceInputs } from '../document/desired-service-inputs.ts';
import type { ActionContext } from '../steps/action.ts';
import { findProgram } from '../steps/command.ts';
import { desiredState, preparedBy } from './desired-state.ts';

/** holdfast:service: a service that runs or does not, now and when the machine starts, by what the node starts its services with. */
export const holdfastService = desiredState<ServiceInputs>((inputs, context) =>
  preparedBy({ backend: backendOf(context), subject: `The service ${inputs.name}` }, inputs, context),
);

/** There while systemd runs as the first process, and not where it is only installed (sd_booted). */
const SYSTEMD_RUNS = '/run/systemd/system';

function backendOf(context: ActionContext): Backend<ServiceInputs> {
  switch (context.platform) {
    case 'Windows':
      return windowsServices;
    case 'MacOS':
      return launchdServices;
    case 'Linux':
      if (existsSync(SYSTEMD_RUNS)) return systemdServices;
      if (findProgram('rc-service', context) !== null) return openrcServices;
      if (findProgram('service', context) !== null) return sysvServices;
      throw new Trouble('E-NO-BACKEND', { what: 'services', tools: 'systemd, OpenRC, init.d' });
  }
}
