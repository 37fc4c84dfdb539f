import { rmSync } from 'node:fs';
import type { ContentSource, DownloadInputs } from '../document/download-inputs.ts';
import { destinationOf, putInPlace, type Staged } from '../downloads/destination.ts';
import { fetchDocumentSource } from '../downloads/document-source.ts';
import { fetchGitHubSource, fetchGitSource } from '../downloads/git-source.ts';
import { fetchHttpSource } from '../downloads/http-source.ts';
import { fetchS3Source } from '../downloads/s3-source.ts';
import type { Action, ActionContext, ActionOutcome } from '../steps/action.ts';

/** aws:downloadContent: fetched into the step's own folder first, and put in its place only when all of it is there. */
export const downloadContent: Action<DownloadInputs> = {
  async run({ source, destinationPath }, context): Promise<ActionOutcome> {
    const destination = destinationOf(destinationPath, context);
    try {
      const staged = await fetched(source, context);
      if (staged === null) return { kind: 'stopped' };
      const { files, path } = putInPlace(staged, destination);
      context.stdout.write(Buffer.from(`Content downloaded to ${path}${files === 1 ? '' : ` (${files} files)`}\n`));
      return { kind: 'exited', exitCode: 0 };
    } finally {
      rmSync(context.stepFolder, { recursive: true, force: true });
    }
  },
};

function fetched(source: ContentSource, context: ActionContext): Promise<Staged | null> {
  switch (source.type) {
    case 'GitHub':
      return fetchGitHubSource(source, context);
    case 'Git':
      return fetchGitSource(source, context);
    case 'HTTP':
      return fetchHttpSource(source, context);
    case 'S3':
      return fetchS3Source(source, context);
    case 'SSMDocument':
      return fetchDocumentSource(source, context);
  }
}
