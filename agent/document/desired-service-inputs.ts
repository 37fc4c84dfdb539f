import * as z from 'zod';
import { type ActionDeclaration, everywhere, type Fit, flowFits, flowInputs, textFit } from './action-declaration.ts';
import { strictMap } from './violation.ts';

const ServiceName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.@:$-]{0,199}$/, 'must be the name of a service');

const ServiceShape = strictMap({
  name: ServiceName,
  state: z.enum(['running', 'stopped']).optional(),
  /** Whether it starts with the machine; masked also keeps everybody else from starting it (systemd). */
  startup: z.enum(['enabled', 'disabled', 'masked']).optional(),
  ...flowInputs,
});

/** What holdfast:service works with, after interpolation. */
export const ServiceInputs = ServiceShape.superRefine(({ state, startup }, context) => {
  const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (state === undefined && startup === undefined) problem('state', 'is missing, and so is startup: nothing is wanted of the service');
  if (state === 'running' && startup === 'masked') problem('startup', 'may not be masked where the service shall be running');
});
export type ServiceInputs = z.infer<typeof ServiceInputs>;

const fits: Record<keyof ServiceInputs, Fit> = { name: textFit, state: textFit, startup: textFit, ...flowFits };

export const desiredService: ActionDeclaration<ServiceInputs> = { platforms: everywhere, inputs: ServiceInputs, fits, canCheck: true };
