import { Button, Checkbox, FileInput, Modal, Radio, TextInput } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { PACKAGE_FILE_BYTES, PACKAGE_FILES_LIMIT } from '../../electron/domain/package.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { bytesText } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';
import { likelyPlatform, safeNameProblem } from './package-words.ts';
import classes from './packages.module.css';
import type { PlacedUpload } from './placed-files.tsx';
import { PlacedFiles } from './placed-files.tsx';
import { UploadProgress } from './upload-progress.tsx';
import { useAddPackage } from './use-add-package.ts';

type Kind = 'files' | 'distributor';

const ANY = '_any';

const isNamed = (text: string): boolean => text !== '' && safeNameProblem(text) === null;

const sizeProblem = (files: readonly File[]): string | undefined => {
  if (files.length > PACKAGE_FILES_LIMIT + 1) return `A package has ${PACKAGE_FILES_LIMIT} files at most.`;
  const wrong = files.find(({ size }) => size < 1 || size > PACKAGE_FILE_BYTES);
  if (wrong === undefined) return undefined;
  return wrong.size === 0
    ? `${wrong.name} is empty.`
    : `${wrong.name} has ${bytesText(wrong.size)}; ${bytesText(PACKAGE_FILE_BYTES)} are allowed.`;
};

/** `name`: the package that gets another version; null where the person names it. */
export function AddPackageDialog({ name: known, onClose }: { name: string | null; onClose(): void }) {
  const [kind, setKind] = useState<Kind>('files');
  const [name, setName] = useState(known ?? '');
  const [version, setVersion] = useState('');
  const [publisher, setPublisher] = useState('');
  const [makeDefault, setMakeDefault] = useState(true);
  const [placed, setPlaced] = useState<readonly PlacedUpload[]>([]);
  const adding = useAddPackage();
  const files = placed.map(({ file }) => file);
  const problem = sizeProblem(files);
  const isReady = isNamed(name) && files.length > 0 && problem === undefined && (kind === 'distributor' || isNamed(version));

  const choose = (chosen: readonly File[]) =>
    setPlaced(chosen.map((file) => ({ file, platform: likelyPlatform(file.name), release: '', architecture: ANY })));
  const submit = async () => {
    const added = await adding.add(files, (uploadIds) => ({
      name,
      makeDefault,
      source:
        kind === 'distributor' ? { kind, uploadIds: [...uploadIds] } : { kind, version, publisher, files: placesOf(placed, uploadIds) },
    }));
    if (added === null) return;
    tellDone(`“${added.name}” ${added.version} is added.`);
    onClose();
    goTo(address.package(added.name));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={adding.sending === null}
      withCloseButton={adding.sending === null}
      title={known === null ? 'Add a package' : `Add a version of ${known}`}
      size={640}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (isReady && adding.sending === null) void submit();
        }}
      >
        <Radio.Group label="Made of" value={kind} onChange={(value) => setKind(value === 'distributor' ? 'distributor' : 'files')}>
          <div className={classes.stack}>
            <Radio
              value="files"
              label="Installers, scripts or zips"
              description="A .deb, .rpm, .msi, .pkg, .sh or .ps1 file, or a zip with an install.sh or install.ps1, for each platform."
            />
            <Radio
              value="distributor"
              label="A Distributor package"
              description="manifest.json with its zips, or one zip of their folder. It is taken as it is."
            />
          </div>
        </Radio.Group>
        {known === null && (
          <TextInput
            label="Name"
            description="What associations call it."
            placeholder="Lab-Tools"
            value={name}
            error={safeNameProblem(name)}
            maxLength={128}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value.trim())}
          />
        )}
        {kind === 'files' && (
          <div className={classes.pair}>
            <TextInput
              label="Version"
              placeholder="1.0.0"
              value={version}
              error={safeNameProblem(version)}
              maxLength={128}
              autoComplete="off"
              onChange={(event) => setVersion(event.currentTarget.value.trim())}
            />
            <TextInput
              label="Publisher"
              placeholder="Optional"
              value={publisher}
              maxLength={256}
              autoComplete="off"
              onChange={(event) => setPublisher(event.currentTarget.value)}
            />
          </div>
        )}
        <FileInput
          label="Files"
          placeholder={kind === 'distributor' ? 'Choose manifest.json and its zips' : 'Choose one file for each platform'}
          leftSection={<IconFileImport size={16} aria-hidden />}
          multiple
          value={[...files]}
          error={problem}
          onChange={choose}
        />
        {kind === 'files' && placed.length > 0 && <PlacedFiles placed={placed} onChange={setPlaced} />}
        <Checkbox
          label="Install this version where an association names none"
          checked={makeDefault}
          onChange={(event) => setMakeDefault(event.currentTarget.checked)}
        />
        {adding.sending !== null && <UploadProgress sending={adding.sending} />}
        {adding.fault !== null && <FaultNotice fault={adding.fault} />}
        <div className={classes.buttons}>
          {adding.sending === null ? <Button onClick={onClose}>Close</Button> : <Button onClick={adding.cancel}>Cancel the upload</Button>}
          <Button type="submit" variant="filled" disabled={!isReady} loading={adding.sending !== null}>
            Add
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const placesOf = (placed: readonly PlacedUpload[], uploadIds: readonly string[]) =>
  placed.map(({ platform, release, architecture }, position) => ({
    uploadId: uploadIds[position] ?? '',
    platform,
    release: release === '' ? ANY : release,
    architecture,
  }));
