import { useEffect, useRef, useState } from 'react';
import { UPLOAD_PART_BYTES } from '../../electron/domain/package.ts';
import { useController } from '../client/connection-context.ts';
import type { FaultData } from '../client/fault.ts';
import { faultFrom, ownFaults } from '../client/fault.ts';
import type { Client } from '../client/line.ts';
import type { Inputs } from '../client/question.ts';

type AddInput = Inputs['packages']['add'];

export interface Sending {
  fileName: string;
  sentBytes: number;
  totalBytes: number;
}

export interface AddingPackage {
  /** Null while nothing is on its way; at the end of all bytes the controller looks into the files. */
  sending: Sending | null;
  fault: FaultData | null;
  /** Hands the files over, then adds what `inputOf` makes of them. Answers null when it was cancelled or refused. */
  add(files: readonly File[], inputOf: (uploadIds: readonly string[]) => AddInput): Promise<{ name: string; version: string } | null>;
  cancel(): void;
}

/** The text of a data URL is the quickest way to base64 that every browser has. */
function base64Of(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read.'));
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.readAsDataURL(part);
  });
}

interface Upload {
  client: Client;
  signal: AbortSignal;
  onSent(bytes: number): void;
}

async function uploadParts(file: File, uploadId: string, { client, signal, onSent }: Upload): Promise<void> {
  for (let offset = 0; offset < file.size; offset += UPLOAD_PART_BYTES) {
    signal.throwIfAborted();
    const part = file.slice(offset, offset + UPLOAD_PART_BYTES);
    await client.packages.upload({ uploadId, offset, base64: await base64Of(part) });
    onSent(part.size);
  }
}

/** Files on their way into the package store: one after the other, in parts, so that they can be cancelled at any time. */
export function useAddPackage(): AddingPackage {
  const { connection } = useController();
  const [sending, setSending] = useState<Sending | null>(null);
  const [fault, setFault] = useState<FaultData | null>(null);
  const cancelling = useRef<AbortController>(null);
  // Whoever leaves the page has cancelled.
  useEffect(() => () => cancelling.current?.abort(), []);

  const startCancelling = (): AbortController => {
    const controller = new AbortController();
    cancelling.current = controller;
    return controller;
  };

  const add: AddingPackage['add'] = async (files, inputOf) => {
    const { client } = connection;
    if (client === null) {
      setFault(ownFaults.notConnected);
      return null;
    }
    const { signal } = startCancelling();
    const uploadIds: string[] = [];
    let added: Awaited<ReturnType<AddingPackage['add']>> = null;
    setFault(null);
    try {
      const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
      let sentBytes = 0;
      for (const file of files) {
        setSending({ fileName: file.name, sentBytes, totalBytes });
        const { uploadId } = await client.packages.beginUpload({ fileName: file.name, size: file.size });
        uploadIds.push(uploadId);
        await uploadParts(file, uploadId, {
          client,
          signal,
          onSent: (bytes) => {
            sentBytes += bytes;
            setSending({ fileName: file.name, sentBytes, totalBytes });
          },
        });
      }
      signal.throwIfAborted();
      added = await client.packages.add(inputOf(uploadIds));
    } catch (error) {
      if (!signal.aborted) setFault(connection.client === client ? faultFrom(error) : ownFaults.lostMeanwhile);
    }
    setSending(null);
    // What was not added is given up; where the line is gone, the controller does so by itself.
    if (added === null && uploadIds.length > 0) await client.packages.endUploads({ uploadIds }).catch(() => undefined);
    return added;
  };

  return { sending, fault, add, cancel: () => cancelling.current?.abort() };
}
