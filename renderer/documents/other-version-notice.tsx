import { IconHistory } from '@tabler/icons-react';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import { address } from '../routes.ts';
import classes from './documents.module.css';

/** Says so when what is read is not what runs. */
export function OtherVersionNotice({ detail: { identifier, version } }: { detail: DocumentDetail }) {
  const { name, defaultVersion, latestVersion } = identifier;
  const { documentVersion } = version;
  if (documentVersion === defaultVersion) return null;
  return (
    <p className={classes.notice} role="status">
      <IconHistory size={16} aria-hidden />
      <span>
        This is {documentVersion === latestVersion ? 'the latest version' : 'an older version'}, {documentVersion}. Version {defaultVersion}{' '}
        is the default.{' '}
        <a href={address.document(name)} className={classes.noticeLink}>
          Read version {defaultVersion}
        </a>
      </span>
    </p>
  );
}
