/** What chef-client's `doc` format says of one resource. */
export interface ChefResource {
  /** As `file[/etc/motd]`. */
  readonly id: string;
  readonly action: string;
  readonly state: 'up to date' | 'updated' | 'skipped' | 'failed';
  /** What was done to it, or in a why-run would be; a line each. */
  readonly done: readonly string[];
}

const RESOURCE = /^( *)\* (\S[^[\]]*\[.*\]) action (\S+)(?: \((.*)\))?\s*$/;
const DONE = /^( *)- (.+)$/;
const FAILED = /^( *)(={10,}|Error executing action|\* .* FATAL:)/;

/**
 * Reads the `doc` format: a line `* type[name] action verb (up to date)` for each resource, and below it, further in, a line with a
 * hyphen for each thing that was done or would be. A resource inside another belongs to that one, and is one of its own as well.
 */
export function readChefOutput(text: string): ChefResource[] {
  const resources: { id: string; action: string; state: ChefResource['state']; done: string[]; depth: number }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const resource = RESOURCE.exec(line);
    const done = DONE.exec(line);
    const current = resources.at(-1);
    if (resource) {
      const [, indent = '', id = '', action = '', note = ''] = resource;
      const state = note.startsWith('skipped') ? 'skipped' : 'up to date';
      resources.push({ id, action, state, done: [], depth: indent.length });
    } else if (current && done && (done[1] ?? '').length > current.depth) {
      current.state = 'updated';
      current.done.push(done[2] ?? '');
    } else if (current && FAILED.test(line) && current.state === 'up to date') current.state = 'failed';
  }
  return resources.map(({ depth: _, ...resource }) => resource);
}
