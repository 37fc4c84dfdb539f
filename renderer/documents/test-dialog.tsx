import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import type { BegunTest } from './test-draft.ts';
import { TestForm } from './test-form.tsx';
import { TestRun } from './test-run.tsx';

interface TestDialogProps {
  detail: DocumentDetail;
  isOpen: boolean;
  onClose(): void;
}

/** Runs this version of a document once, on one machine, and shows what comes of it. */
export function TestDialog({ detail, isOpen, onClose }: TestDialogProps) {
  const [begun, setBegun] = useState<BegunTest | null>(null);
  const { name } = detail.identifier;
  const close = () => {
    setBegun(null);
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={`Test ${name} on one machine`}
      size={760}
      // What has begun is ended or kept by its own buttons, so that nothing is left behind by a stray key.
      closeOnEscape={begun === null}
      closeOnClickOutside={begun === null}
      withCloseButton={false}
    >
      {begun === null ? <TestForm detail={detail} onBegun={setBegun} onCancel={close} /> : <TestRun test={begun} onClose={close} />}
    </Modal>
  );
}
