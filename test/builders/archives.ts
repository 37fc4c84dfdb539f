import { crc32, deflateRawSync } from 'node:zlib';
import { Header } from 'tar';

export interface PackedEntry {
  readonly name: string;
  readonly content?: string | Buffer;
  /** Default: a plain file with 0644. */
  readonly mode?: number;
  /** Of a tar: its one-letter type. */
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'FIFO';
  readonly linkpath?: string;
  /** What the zip says that the content unpacks to, where that is a lie. */
  readonly saidSize?: number;
}

const bytesOf = (content: string | Buffer = ''): Buffer => Buffer.from(content);

/** A tar with exactly these entries, whatever they are. */
export function aTar(entries: readonly PackedEntry[]): Buffer {
  const blocks = entries.flatMap(({ name, content, mode = 0o644, type = 'File', linkpath = '' }) => {
    const bytes = bytesOf(content);
    const header = new Header({ path: name, mode, size: bytes.length, type, linkpath, mtime: new Date(0) });
    header.encode();
    return [header.block ?? Buffer.alloc(512), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A zip with exactly these entries, whatever they are. */
export function aZip(entries: readonly PackedEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o100644, saidSize } of entries) {
    const bytes = bytesOf(content);
    const packed = deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(saidSize ?? bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, nameBytes, packed]);
    const madeBy = Buffer.from([20, 3]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), madeBy, common, rest, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end]);
}
