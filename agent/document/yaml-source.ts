import { Composer, CST, isAlias, isMap, isScalar, isSeq, type ParsedNode, Parser, type YAMLMap } from 'yaml';
import { MAX_DOCUMENT_BYTES } from './document-size.ts';
import { MAX_NESTING } from './nesting.ts';
import {
  DEPTH_FAULT,
  duplicateKeyFault,
  listNode,
  mapNode,
  PROTOTYPE_KEY_FAULT,
  type SourceEntry,
  type SourceFault,
  type SourceNode,
  type SourceReading,
  scalarNode,
} from './source-node.ts';

/** Generous for aliases that spare an author some lines, small enough for what a hostile text would expand to. */
const MAX_EXPANDED_LENGTH = 4 * MAX_DOCUMENT_BYTES;

/**
 * One YAML 1.2 document of the core schema: no directives, no own tags, no merge keys, text keys only and each once. Aliases are
 * followed, but what they expand to is bounded before it is built.
 */
export function readYaml(text: string): SourceReading {
  const tokens = [...new Parser().parse(text)];
  const refused = refusedToken(tokens);
  if (refused !== null) return { ok: false, faults: [refused] };
  const options = { version: '1.2', schema: 'core', strict: true, stringKeys: true, uniqueKeys: false } as const;
  const [document, second] = new Composer(options).compose(tokens, true, text.length);
  if (document === undefined) return { ok: true, root: scalarNode(0, null) };
  const faults = [...document.errors, ...document.warnings].map(({ pos, message }) => ({ offset: pos[0], message: sentence(message) }));
  if (second !== undefined) faults.push({ offset: second.range[0], message: 'A second document begins here: one text is one document.' });
  return faults.length > 0 ? { ok: false, faults } : new YamlReader().document(document.contents);
}

/** Looked for before the tokens are composed: composing is recursive, and `%YAML 1.1` would change what `no` and `0777` mean. */
function refusedToken(tokens: readonly CST.Token[]): SourceFault | null {
  const waiting = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (token.type === 'directive')
      return { offset: token.offset, message: 'A line that begins with "%" is a YAML directive, which cannot be used.' };
    if (token.type === 'document' && token.value !== undefined) waiting.push({ token: token.value, depth });
    if (!CST.isCollection(token)) continue;
    if (depth === MAX_NESTING) return { offset: token.offset, message: DEPTH_FAULT };
    for (const { key, value } of token.items) {
      for (const child of [key, value]) if (child) waiting.push({ token: child, depth: depth + 1 });
    }
  }
  return null;
}

/** The library's messages are sentences without an end, some with the piece of text that they are about. */
function sentence(message: string): string {
  const short = message.length > 200 ? `${message.slice(0, 200)}…` : message;
  return `The YAML cannot be read here: ${short.replace(/[.:]$/, '')}.`;
}

class YamlReader {
  readonly #faults: SourceFault[] = [];
  readonly #anchors = new Map<string, SourceNode>();

  document(contents: ParsedNode | null): SourceReading {
    const root = contents === null ? scalarNode(0, null) : this.#node(contents);
    return this.#faults.length > 0 ? { ok: false, faults: this.#faults } : { ok: true, root };
  }

  #node(node: ParsedNode): SourceNode {
    const offset = node.range[0];
    if (isAlias(node)) return this.#anchored(node.source, offset);
    const read = this.#content(node, offset);
    // Only now: an alias inside its own anchor would be a value that contains itself.
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, read);
    if (read.depth > MAX_NESTING) return this.#fault(offset, DEPTH_FAULT);
    if (read.extent > MAX_EXPANDED_LENGTH) return this.#fault(offset, 'The aliases make this value too large.');
    return read;
  }

  #content(node: ParsedNode, offset: number): SourceNode {
    if (isSeq(node))
      return listNode(
        offset,
        node.items.map((item) => this.#node(item)),
      );
    if (isMap(node)) return this.#map(node, offset);
    return isScalar(node) ? this.#scalar(node.value, offset) : this.#fault(offset, 'This is no value that a document can have.');
  }

  #map(map: YAMLMap.Parsed, offset: number): SourceNode {
    const entries = new Map<string, SourceEntry>();
    for (const { key, value } of map.items) {
      const keyOffset = key.range[0];
      const name = isScalar(key) ? key.value : undefined;
      if (typeof name !== 'string') this.#fault(keyOffset, 'A key must be text.');
      else if (name === '__proto__') this.#fault(keyOffset, PROTOTYPE_KEY_FAULT);
      else if (name === '<<') this.#fault(keyOffset, 'A merge key "<<" cannot be used here: write out what it would bring.');
      else if (entries.has(name)) this.#fault(keyOffset, duplicateKeyFault(name));
      else entries.set(name, { keyOffset, value: value === null ? scalarNode(keyOffset, null) : this.#node(value) });
    }
    return mapNode(offset, entries);
  }

  #scalar(value: unknown, offset: number): SourceNode {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return scalarNode(offset, value);
    if (typeof value === 'number' && Number.isFinite(value)) return scalarNode(offset, value);
    return this.#fault(offset, 'Numbers without a finite value cannot be used.');
  }

  #anchored(anchor: string, offset: number): SourceNode {
    return (
      this.#anchors.get(anchor) ?? this.#fault(offset, `The alias *${anchor} stands before or inside the value that &${anchor} would name.`)
    );
  }

  #fault(offset: number, message: string): SourceNode {
    this.#faults.push({ offset, message });
    return scalarNode(offset, null);
  }
}
