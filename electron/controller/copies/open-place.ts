import type { OpenOutputPlace } from '../ports/output-places.ts';
import { openFolder } from './folder-place.ts';

/** The client of S3 is loaded when a site has a store: most have none. */
export const openOutputPlace: OpenOutputPlace = async (destination, secret) => {
  switch (destination.kind) {
    case 'S3':
      return (await import('./s3-place.ts')).openS3(destination, secret ?? '');
    case 'folder':
      return openFolder(destination);
  }
};
