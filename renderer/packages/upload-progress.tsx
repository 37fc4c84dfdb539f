import { Progress } from '@mantine/core';
import { bytesText } from '../ui/moment.ts';
import classes from './packages.module.css';
import type { Sending } from './use-add-package.ts';

export function UploadProgress({ sending: { fileName, sentBytes, totalBytes } }: { sending: Sending }) {
  const percent = totalBytes === 0 ? 0 : Math.floor((100 * sentBytes) / totalBytes);
  const words =
    sentBytes < totalBytes
      ? `Uploading ${fileName}: ${bytesText(sentBytes)} of ${bytesText(totalBytes)}`
      : 'Everything is there; the files are being looked into …';
  return (
    <div className={classes.progress}>
      <Progress value={percent} aria-label={`Upload, ${percent} %`} />
      <span className="hf-faint" aria-live="polite">
        {words}
      </span>
    </div>
  );
}
