import { EventEmitter } from 'node:events';

/** An object of which only the modelled part exists: reading anything else throws, with its name. */
export function modelled<Model extends object>(name: string, model: Model): Model {
  return new Proxy(model, {
    get(target, key, receiver) {
      if (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON') return Reflect.get(target, key, receiver);
      throw new Error(`the double of electron does not model ${name}.${key}`);
    },
  });
}

/** An emitter on which only events can be awaited that the double really emits. */
export class ModelledEvents extends EventEmitter {
  readonly known: readonly string[];

  constructor(known: readonly string[]) {
    super();
    this.known = known;
  }

  override on(event: string, listener: Parameters<EventEmitter['on']>[1]): this {
    refuseUnknown(this.known, event);
    return super.on(event, listener);
  }

  override once(event: string, listener: Parameters<EventEmitter['on']>[1]): this {
    refuseUnknown(this.known, event);
    return super.once(event, listener);
  }
}

function refuseUnknown(known: readonly string[], event: string): void {
  if (!known.includes(event)) throw new Error(`the double of electron does not emit ‘${event}’ here`);
}

export type PreventableEvent = { readonly defaultPrevented: boolean; preventDefault(): void };

export function preventable<Facts extends object>(facts: Facts): Facts & PreventableEvent {
  let isPrevented = false;
  const event = {
    ...facts,
    get defaultPrevented() {
      return isPrevented;
    },
    preventDefault() {
      isPrevented = true;
    },
  };
  return event;
}
