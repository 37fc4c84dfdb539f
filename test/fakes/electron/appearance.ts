import type { NativeImage } from 'electron';
import { ModelledEvents, modelled } from './modelled.ts';

/** A picture that is checked and kept, so that a test can look at it. */
class Picture {
  readonly bitmap: Buffer;
  readonly size: { width: number; height: number };
  readonly scales = [1];
  isTemplate = false;

  constructor(bitmap: Buffer, size: { width: number; height: number }) {
    if (bitmap.length !== size.width * size.height * 4) throw new Error('a bitmap has four bytes for each of its pixels');
    this.bitmap = bitmap;
    this.size = size;
  }

  addRepresentation({ scaleFactor = 1, width = 0, height = 0, buffer }: Electron.AddRepresentationOptions): void {
    if (buffer?.length !== width * height * 4) throw new Error('a bitmap has four bytes for each of its pixels');
    this.scales.push(scaleFactor);
  }

  setTemplateImage(isTemplate: boolean): void {
    this.isTemplate = isTemplate;
  }

  isEmpty(): boolean {
    return this.bitmap.every((byte) => byte === 0);
  }

  toBitmap(): Buffer {
    return this.bitmap;
  }
}

Picture.prototype satisfies Pick<NativeImage, 'addRepresentation' | 'setTemplateImage' | 'isEmpty' | 'toBitmap'>;

export const nativeImage = modelled('nativeImage', {
  createFromBitmap: (buffer: Buffer, { width, height }: Electron.CreateFromBitmapOptions) => new Picture(buffer, { width, height }),
});

class Theme extends ModelledEvents {
  readonly shouldUseDarkColors = false;
}

export const nativeTheme = modelled('nativeTheme', new Theme(['updated']));
