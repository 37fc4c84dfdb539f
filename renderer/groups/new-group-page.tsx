import { calls } from '../client/calls.ts';
import { useFreshCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { GroupEditor } from './group-editor.tsx';
import { copyName, groupFormOf, newGroupForm } from './group-form.ts';

const TITLE = 'New resource group';
const back = { label: 'Resource groups', href: address.groups() };

/** From nothing, or as a copy of another group. */
export function NewGroupPage({ from }: { from: string | null }) {
  const original = useFreshCall(from === null ? null : calls.groups.get(from));
  if (from === null) return <GroupEditor title={TITLE} initial={newGroupForm} edited={null} />;
  switch (original.status) {
    case 'loading':
      return <PageLoading title={TITLE} back={back} />;
    case 'fault':
      return <NotThere title={TITLE} back={back} fault={original.fault} />;
    case 'full':
      return <GroupEditor title={TITLE} initial={{ ...groupFormOf(original.answer), name: copyName(from) }} edited={null} />;
  }
}
