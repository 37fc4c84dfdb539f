import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What the shell explains once in its life with a data folder, and then takes as known. */
const Notice = z.enum(['closing-hides', 'closing-quits']);
export type Notice = z.infer<typeof Notice>;

const NoticesSeen = z.array(Notice);

export type Notices = { wasSeen(notice: Notice): boolean; remember(notice: Notice): void };

export function noticesIn(folder: string): Notices {
  const file = join(folder, 'notices-seen.json');
  const seen = new Set(readSeen(file));
  return {
    wasSeen: (notice) => seen.has(notice),
    remember(notice) {
      seen.add(notice);
      writeFileSync(file, JSON.stringify([...seen]), { mode: 0o600 });
    },
  };
}

/** A file that is not there or not readable costs no more than hearing a notice again. */
function readSeen(file: string): readonly Notice[] {
  try {
    return NoticesSeen.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}
