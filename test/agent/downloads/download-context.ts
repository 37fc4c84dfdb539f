import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { downloadContent } from '../../../agent/actions/download-content.ts';
import { DownloadInputs } from '../../../agent/document/download-inputs.ts';
import type { ActionOutcome } from '../../../agent/steps/action.ts';
import { aScriptContext, type TestContext } from '../steps/script-context.ts';

/** Runs one download, and answers with what came of it; what is refused rejects. */
export async function download(inputs: Record<string, unknown>, context: TestContext = aScriptContext()): Promise<ActionOutcome> {
  return downloadContent.run(DownloadInputs.parse(inputs), context);
}

/** The text of every file below a folder, by its path in it. */
export function filesBelow(folder: string, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    readdirSync(join(folder, prefix))
      .sort()
      .flatMap((name) => {
        const way = prefix === '' ? name : `${prefix}/${name}`;
        const file = join(folder, way);
        return statSync(file).isDirectory() ? Object.entries(filesBelow(folder, way)) : [[way, readFileSync(file, 'utf8')]];
      }),
  );
}
