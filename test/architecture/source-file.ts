import { parseSync } from 'vite';

export interface Import {
  readonly specifier: string;
  readonly line: number;
  readonly typesOnly: boolean;
  /** `export … from`: passes on what another file has. */
  readonly isReExport: boolean;
}

export interface FunctionSpan {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

export interface ClockUse {
  readonly text: string;
  readonly line: number;
}

/** What the rules want to know about one source. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly defaultExportLines: readonly number[];
  readonly functions: readonly FunctionSpan[];
  readonly clockUses: readonly ClockUse[];
}

/** The parser's tree, of which only a few kinds of node matter here. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text, { astType: 'ts', sourceType: 'module' });
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} cannot be parsed: ${error.message}`);
  const lineAt = lineNumbers(text);
  const imports: Import[] = [];
  const defaultExportLines: number[] = [];
  const functions: FunctionSpan[] = [];
  const clockUses: ClockUse[] = [];
  visit(program, '', (node, name) => {
    const line = lineAt(node.start);
    const specifier = importedFrom(node);
    if (specifier !== null) imports.push({ specifier, line, typesOnly: isTypesOnly(node), isReExport: node.type.startsWith('Export') });
    if (isDefaultExport(node)) defaultExportLines.push(line);
    if (isFunction(node)) functions.push({ name, line, lines: lineAt(node.end) - line + 1 });
    const clock = clockUse(node);
    if (clock !== null) clockUses.push({ text: clock, line });
  });
  return { path, lines: lineAt(text.trimEnd().length), imports, defaultExportLines, functions, clockUses };
}

/** Calls `see` for every node, with the nearest name that a reader would give it. */
function visit(value: unknown, name: string, see: (node: Node, name: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, name, see);
    return;
  }
  if (!isNode(value)) return;
  const ownName = nameOf(value.id) ?? nameOf(value.key) ?? name;
  see(value, ownName);
  for (const child of Object.values(value)) visit(child, ownName, see);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;
}

function nameOf(value: unknown): string | null {
  return isNode(value) && typeof value.name === 'string' ? value.name : null;
}

function importedFrom(node: Node): string | null {
  const kinds = ['ImportDeclaration', 'ExportAllDeclaration', 'ExportNamedDeclaration', 'ImportExpression', 'TSImportType'];
  if (!kinds.includes(node.type) || !isNode(node.source)) return null;
  return typeof node.source.value === 'string' ? node.source.value : '(computed)';
}

function isTypesOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : [];
  return specifiers.length > 0 && specifiers.every((specifier) => specifier.importKind === 'type' || specifier.exportKind === 'type');
}

function isDefaultExport(node: Node): boolean {
  if (node.type === 'ExportDefaultDeclaration') return true;
  return node.type === 'ExportSpecifier' && nameOf(node.exported) === 'default';
}

function isFunction(node: Node): boolean {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);
}

const timers = ['setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame', 'queueMicrotask'];

/** A reading of the clock that nobody handed over, or a timer. */
function clockUse(node: Node): string | null {
  if (node.type === 'NewExpression') {
    const isNow = nameOf(node.callee) === 'Date' && Array.isArray(node.arguments) && node.arguments.length === 0;
    return isNow ? 'new Date()' : null;
  }
  if (node.type === 'MemberExpression') {
    const object = nameOf(node.object);
    if (object === 'performance') return 'performance';
    return object === 'Date' && nameOf(node.property) === 'now' ? 'Date.now' : null;
  }
  if (node.type !== 'CallExpression') return null;
  const callee =
    nameOf(node.callee) ?? (isNode(node.callee) && nameOf(node.callee.object) === 'globalThis' ? nameOf(node.callee.property) : null);
  if (callee === 'Date') return 'Date()';
  return callee !== null && timers.includes(callee) ? callee : null;
}

function lineNumbers(text: string): (offset: number) => number {
  const lineStarts = [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)];
  return (offset) => {
    const next = lineStarts.findIndex((start) => start > offset);
    return next === -1 ? lineStarts.length : next;
  };
}
