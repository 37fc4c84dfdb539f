import { inventoryMachine } from '../../../agent/actions/inventory-machine.ts';
import type { Machine } from '../../../agent/inventory/machine.ts';
import { aScriptContext } from '../steps/script-context.ts';

/** This machine, but for what a test sets. */
export const aMachine = (settings: Partial<Machine> = {}): Machine => ({ ...inventoryMachine(aScriptContext()), ...settings });
