import ICAL from 'ical.js';
import * as z from 'zod';

/** jCal (RFC 7265): what ical.js makes of a text, and makes a text of. */
const Parameters = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const Property = z.tuple([z.string(), Parameters, z.string()], z.unknown());
export type JcalProperty = z.infer<typeof Property>;

export type JcalComponent = [name: string, properties: JcalProperty[], components: JcalComponent[]];
const Component: z.ZodType<JcalComponent> = z.tuple([z.string(), z.array(Property), z.lazy(() => z.array(Component))]);

/** `problem` in the words of the parser, which speak of the line that it did not understand. */
export function readJcal(text: string): { ok: true; component: JcalComponent } | { ok: false; problem: string } {
  try {
    const parsed: unknown = ICAL.parse(text);
    const component = Component.safeParse(parsed);
    return component.success ? { ok: true, component: component.data } : { ok: false, problem: 'it is not one calendar' };
  } catch (cause) {
    // ical.js throws plain errors for whatever it cannot read; nothing else happens in there.
    return { ok: false, problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Folded and escaped as RFC 5545 says, with CRLF at the end of every line. */
export function writeJcal(component: JcalComponent): string {
  return `${ICAL.stringify(component)}\r\n`;
}

export const propertiesOf = ([, properties]: JcalComponent, name: string): JcalProperty[] =>
  properties.filter(([ownName]) => ownName === name);

/** The first value of the first property of this name, as text; null when there is none. */
export function textOf(component: JcalComponent, name: string): string | null {
  const value = propertiesOf(component, name)[0]?.[3];
  return typeof value === 'string' ? value : null;
}

export function parameterOf([, parameters]: JcalProperty, name: string): string | null {
  const value = parameters[name];
  return typeof value === 'string' ? value : null;
}
