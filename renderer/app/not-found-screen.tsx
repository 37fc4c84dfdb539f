import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { address } from '../routes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export function NotFoundScreen() {
  return (
    <Page>
      <PageHeader title="There is no such page" />
      <EmptyState
        icon={IconMapPinOff}
        title="Nothing is at this address"
        actions={
          <Button component="a" href={address.overview()} variant="filled">
            To the overview
          </Button>
        }
      >
        What it led to may have been deleted, or the link is incomplete.
      </EmptyState>
    </Page>
  );
}
