import { previewChange } from '../operations/preview-change.ts';
import { os } from './implementer.ts';

export const previewHandlers = {
  change: os.preview.change.handler(({ context: { site }, input }) => previewChange(site.context, input)),
};
