export interface ListedObject {
  readonly key: string;
  readonly size: number;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (whole: string, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const element = (text: string, name: string): string | null => {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return found === undefined ? null : unescaped(found);
};

function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    // Not what was asked for: the object will not be found by that name.
    return key;
  }
}

/** The answer to ListObjectsV2: flat XML whose elements hold text alone. `next` continues it; null at its end. */
export function readListing(xml: string): { objects: ListedObject[]; next: string | null } {
  // Of keys alone: XML has no way to write every character that a key may have.
  const isEncoded = element(xml, 'EncodingType')?.toLowerCase() === 'url';
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, content = '']): ListedObject[] => {
    const key = element(content, 'Key');
    const size = Number(element(content, 'Size') ?? 0);
    return key === null ? [] : [{ key: isEncoded ? decoded(key) : key, size: Number.isSafeInteger(size) && size >= 0 ? size : 0 }];
  });
  const isCut = element(xml, 'IsTruncated')?.toLowerCase() === 'true';
  return { objects, next: isCut ? element(xml, 'NextContinuationToken') : null };
}
