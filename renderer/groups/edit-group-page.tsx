import { useState } from 'react';
import type { GroupRow } from '../../electron/api/groups.ts';
import { calls } from '../client/calls.ts';
import { useFreshCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { GroupEditor } from './group-editor.tsx';
import { groupFormOf } from './group-form.ts';

const back = { label: 'Resource groups', href: address.groups() };

export function EditGroupPage({ name }: { name: string }) {
  const group = useFreshCall(calls.groups.get(name));
  switch (group.status) {
    case 'loading':
      return <PageLoading title={`Edit ${name}`} back={back} />;
    case 'fault':
      return <NotThere title="Resource group" back={back} fault={group.fault} />;
    case 'full':
      return <Loaded group={group.answer} />;
  }
}

/** What is being written stays, whatever else changes meanwhile. */
function Loaded({ group }: { group: GroupRow }) {
  const [{ initial, edited }] = useState(() => ({ initial: groupFormOf(group), edited: { lastUpdatedAt: group.lastUpdatedAt } }));
  return <GroupEditor title={`Edit ${group.name}`} initial={initial} edited={edited} />;
}
