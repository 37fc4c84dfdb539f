import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { EmptyState } from './empty-state.tsx';
import type { FaultWords } from './fault-notice.tsx';
import { FaultNotice } from './fault-notice.tsx';
import { Page } from './page.tsx';
import { PageHeader } from './page-header.tsx';
import { SkeletonLines } from './skeletons.tsx';

interface NotThereProps {
  title: string;
  back: { label: string; href: string };
  /** Null: the address itself cannot be of anything. */
  fault: FaultWords | null;
}

/** The screen of a thing that cannot be shown: it was deleted meanwhile, or the link is not right. */
export function NotThere({ title, back, fault }: NotThereProps) {
  const button = (
    <Button component="a" href={back.href}>
      To {back.label}
    </Button>
  );
  return (
    <Page>
      <PageHeader title={title} parent={back} />
      {fault === null ? (
        <EmptyState icon={IconMapPinOff} title="Nothing is at this address" actions={button}>
          What it led to may have been deleted, or the link is incomplete.
        </EmptyState>
      ) : (
        <FaultNotice fault={fault}>{button}</FaultNotice>
      )}
    </Page>
  );
}

/** The same screen while it is not known yet. */
export function PageLoading({ title, back }: Omit<NotThereProps, 'fault'>) {
  return (
    <Page>
      <PageHeader title={title} parent={back} />
      <SkeletonLines lines={6} />
    </Page>
  );
}
