import { v4 } from 'uuid';
import { Fault } from '../../domain/faults.ts';
import { PACKAGE_FILE_BYTES } from '../../domain/package.ts';
import type { Clock } from '../ports/clock.ts';
import type { Blob, BlobStore, IncomingBlob } from '../store/blob-store.ts';

/** A file that a window has handed over whole. */
export type UploadedFile = Blob & { uploadId: string; fileName: string };

export type PackageUploads = {
  begin(file: { fileName: string; size: number }): string;
  /** The parts in their order. Answers how much is there; with the last part the file is kept until `end`. */
  add(uploadId: string, offset: number, bytes: Uint8Array): Promise<number>;
  find(uploadId: string): UploadedFile;
  /** Gives up what is not whole yet, and lets go of what is. */
  end(uploadIds: readonly string[]): Promise<void>;
};

type Upload = { fileName: string; size: number; incoming: IncomingBlob; kept: Blob | null; isBusy: boolean; heardAt: number };

const MOST_UPLOADS = 40;
/** A window that went away says nothing; what it began is given up when the next upload begins. */
const IDLE_MS = 60 * 60 * 1000;

/** What windows hand over in parts: a call is small, and a package is not. */
class UploadDesk implements PackageUploads {
  readonly #blobs: BlobStore;
  readonly #clock: Clock;
  readonly #uploads = new Map<string, Upload>();

  constructor({ blobs, clock }: { blobs: BlobStore; clock: Clock }) {
    this.#blobs = blobs;
    this.#clock = clock;
  }

  begin({ fileName, size }: { fileName: string; size: number }): string {
    this.#dropIdle();
    if (size < 1 || size > PACKAGE_FILE_BYTES) throw new Fault('E-UPLOAD-SIZE', { fileName, bytes: size, limit: PACKAGE_FILE_BYTES });
    if (this.#uploads.size >= MOST_UPLOADS) throw new Fault('E-UPLOADS-MANY', { limit: MOST_UPLOADS });
    const uploadId = v4();
    const incoming = this.#blobs.receive();
    this.#uploads.set(uploadId, { fileName, size, incoming, kept: null, isBusy: false, heardAt: this.#clock.now().getTime() });
    return uploadId;
  }

  async add(uploadId: string, offset: number, bytes: Uint8Array): Promise<number> {
    const upload = this.#upload(uploadId);
    const { received } = upload.incoming;
    const isInTurn = offset === received && !upload.isBusy && upload.kept === null && received + bytes.length <= upload.size;
    if (!isInTurn) throw new Fault('E-UPLOAD-OFFSET', { expected: received, got: offset });
    upload.isBusy = true;
    upload.heardAt = this.#clock.now().getTime();
    try {
      await upload.incoming.write(bytes);
      if (upload.incoming.received < upload.size) return upload.incoming.received;
      const kept = await upload.incoming.finish();
      // Given up while it was being made safe.
      if (this.#uploads.get(uploadId) !== upload) this.#blobs.letGo(kept.sha256);
      else upload.kept = kept;
      return upload.size;
    } catch (thrown) {
      this.#uploads.delete(uploadId);
      throw thrown;
    } finally {
      upload.isBusy = false;
    }
  }

  find(uploadId: string): UploadedFile {
    const { kept, fileName } = this.#upload(uploadId);
    if (kept === null) throw new Fault('E-UPLOAD-UNKNOWN', undefined);
    return { ...kept, uploadId, fileName };
  }

  async end(uploadIds: readonly string[]): Promise<void> {
    for (const uploadId of uploadIds) {
      const upload = this.#uploads.get(uploadId);
      if (upload === undefined) continue;
      this.#uploads.delete(uploadId);
      if (upload.kept !== null) this.#blobs.letGo(upload.kept.sha256);
      else await upload.incoming.discard();
    }
  }

  #upload(uploadId: string): Upload {
    const upload = this.#uploads.get(uploadId);
    if (upload === undefined) throw new Fault('E-UPLOAD-UNKNOWN', undefined);
    return upload;
  }

  #dropIdle(): void {
    const before = this.#clock.now().getTime() - IDLE_MS;
    void this.end([...this.#uploads].filter(([, { heardAt }]) => heardAt < before).map(([uploadId]) => uploadId));
  }
}

export const createPackageUploads = (tools: { blobs: BlobStore; clock: Clock }): PackageUploads => new UploadDesk(tools);
