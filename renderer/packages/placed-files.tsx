import { Select, TextInput } from '@mantine/core';
import { bytesText } from '../ui/moment.ts';
import { architectureChoices, platformChoices } from './package-words.ts';
import classes from './packages.module.css';

/** A file, and the machines that it is for; an empty release stands for all of them. */
export interface PlacedUpload {
  file: File;
  platform: string;
  release: string;
  architecture: string;
}

interface PlacedFilesProps {
  placed: readonly PlacedUpload[];
  onChange(placed: readonly PlacedUpload[]): void;
}

export function PlacedFiles({ placed, onChange }: PlacedFilesProps) {
  const change = (position: number, part: Partial<PlacedUpload>) =>
    onChange(placed.map((one, at) => (at === position ? { ...one, ...part } : one)));
  return (
    <ul className={classes.files} aria-label="What each file is for">
      {placed.map(({ file, platform, release, architecture }, position) => (
        <li key={`${file.name} ${file.size} ${file.lastModified}`} className={classes.file}>
          <div className={classes.fileHead}>
            <span className={`${classes.fileName} hf-cut`}>{file.name}</span>
            <span className="hf-faint">{bytesText(file.size)}</span>
          </div>
          <div className={classes.place}>
            <Select
              label="Platform"
              data={platformChoices}
              value={platform}
              allowDeselect={false}
              searchable
              onChange={(value) => change(position, { platform: value ?? platform })}
            />
            <TextInput
              label="Release"
              placeholder="Any, 12, 7.*"
              value={release}
              maxLength={64}
              error={/^[a-zA-Z0-9._*-]*$/.test(release) ? null : 'Letters, digits and . _ - *'}
              onChange={(event) => change(position, { release: event.currentTarget.value.trim() })}
            />
            <Select
              label="Architecture"
              data={architectureChoices}
              value={architecture}
              allowDeselect={false}
              onChange={(value) => change(position, { architecture: value ?? architecture })}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
