import { Modal } from '@mantine/core';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import { calls } from '../client/calls.ts';
import { useCallWhen } from '../client/use-call.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { LineDiffTable } from '../ui/line-diff-table.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { withoutLastBreak } from './source-text.ts';

interface VersionDiffDialogProps {
  detail: DocumentDetail;
  /** What the version that is read is put beside; null while nothing is compared. */
  version: number | null;
  onClose(): void;
}

/** Two versions beside each other, the older one first. */
export function VersionDiffDialog({ detail, version, onClose }: VersionDiffDialogProps) {
  const { name, documentVersion } = detail.version;
  return (
    <Modal
      opened={version !== null}
      onClose={onClose}
      title={`${name}: version ${version ?? ''} and version ${documentVersion}`}
      size="90%"
    >
      {version !== null && <Diff detail={detail} version={version} />}
    </Modal>
  );
}

function Diff({ detail: { version: shown }, version }: { detail: DocumentDetail; version: number }) {
  // In the language in which it was written: to read one of them in the other language would make every line different.
  const ask = (documentVersion: number) => calls.documents.get({ name: shown.name, documentVersion, format: null });
  const other = useCallWhen(ask(version));
  const own = useCallWhen(ask(shown.documentVersion));
  if (other.status === 'fault') return <FaultNotice fault={other.fault} />;
  if (own.status === 'fault') return <FaultNotice fault={own.fault} />;
  if (other.status === 'loading' || own.status === 'loading') return <SkeletonLines lines={8} />;
  const [before, after] = [other.answer.version, own.answer.version].sort((a, b) => a.documentVersion - b.documentVersion);
  if (before === undefined || after === undefined) return null;
  return (
    <LineDiffTable
      label="What is different"
      before={withoutLastBreak(before.content)}
      after={withoutLastBreak(after.content)}
      beforeLabel={`Version ${before.documentVersion}`}
      afterLabel={`Version ${after.documentVersion}`}
    />
  );
}
