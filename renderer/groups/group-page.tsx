import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCopy, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { GroupRow } from '../../electron/api/groups.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { TagList } from '../terms/tag-list.tsx';
import { goTo } from '../ui/address.ts';
import { Age } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { plural } from '../ui/moment.ts';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';
import { GroupAssociations } from './group-associations.tsx';
import { GroupMembers } from './group-members.tsx';
import { filterTags } from './group-words.ts';
import classes from './groups.module.css';

const back = { label: 'Resource groups', href: address.groups() };

export function GroupPage({ name }: { name: string }) {
  const group = useCall(calls.groups.get(name));
  switch (group.status) {
    case 'loading':
      return <PageLoading title={name} back={back} />;
    case 'fault':
      return <NotThere title="Resource group" back={back} fault={group.fault} />;
    case 'full':
      return (
        <Page>
          <Header group={group.answer} />
          {group.fault !== null && <FaultNotice fault={group.fault} />}
          {group.answer.problem !== null && <Warning problem={group.answer.problem} />}
          <div className={classes.columns}>
            <GroupMembers name={name} />
            <div className={classes.column}>
              <Facts group={group.answer} />
              <GroupAssociations name={name} />
            </div>
          </div>
        </Page>
      );
  }
}

function Header({ group }: { group: GroupRow }) {
  const { name, description, memberCount } = group;
  const [isDeleting, setDeleting] = useState(false);
  return (
    <PageHeader
      title={name}
      parent={back}
      actions={
        <>
          <Button leftSection={<IconPencil size={14} aria-hidden />} onClick={() => goTo(address.editGroup(name))}>
            Edit
          </Button>
          <Button leftSection={<IconCopy size={14} aria-hidden />} onClick={() => goTo(address.newGroup({ from: name }))}>
            Duplicate
          </Button>
          <Button color="bad" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDeleting(true)}>
            Delete…
          </Button>
          <DeleteGroupDialog group={group} isOpen={isDeleting} onClose={() => setDeleting(false)} />
        </>
      }
    >
      {description === '' ? `${plural(memberCount, 'machine')} now` : description}
    </PageHeader>
  );
}

function Warning({ problem }: { problem: string }) {
  return (
    <div className={classes.warning}>
      <IconAlertTriangle size={17} aria-hidden />
      <p>{problem} Every run that targets it fails with InvalidTarget until it is smaller.</p>
    </div>
  );
}

function Facts({ group: { tagFilters, memberCount, createdAt, lastUpdatedAt } }: { group: GroupRow }) {
  return (
    <Panel title="What it covers">
      <KeyValue
        facts={[
          { label: 'Machines that have', value: <TagList tags={filterTags(tagFilters)} layout="wrap" /> },
          { label: 'Members now', value: plural(memberCount, 'machine') },
          { label: 'Changed', value: <Age at={lastUpdatedAt} /> },
          { label: 'Created', value: <Age at={createdAt} /> },
        ]}
      />
    </Panel>
  );
}
