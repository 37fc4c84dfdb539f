import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import type { ComplianceRow } from '../../electron/api/compliance.ts';
import type { NodeAssociation } from '../../electron/api/nodes.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { StandingFields } from './item-fields.tsx';
import classes from './put.module.css';
import type { ItemDraft, PutTarget } from './put-draft.ts';
import { draftOf, emptyItem, requestOf } from './put-draft.ts';
import { usePut } from './use-put.ts';

interface AssociationItemsProps {
  target: PutTarget;
  known: readonly ComplianceRow[];
}

/** Associations of this machine that leave their compliance to whoever puts it: one of them at a time, the others stay as they are. */
export function AssociationItems({ target, known }: AssociationItemsProps) {
  const applied = useCall(calls.nodes.associations(target.nodeId));
  switch (applied.status) {
    case 'loading':
      return <SkeletonLines lines={3} />;
    case 'fault':
      return <FaultNotice fault={applied.fault} />;
    case 'full': {
      const manual = applied.answer.filter(({ syncCompliance }) => syncCompliance === 'MANUAL');
      return manual.length === 0 ? (
        <p>
          No association whose compliance is MANUAL applies to this machine: the others are judged by their own runs.{' '}
          <a href={address.associations()}>Associations</a>
        </p>
      ) : (
        <OneOf target={target} known={known} manual={manual} />
      );
    }
  }
}

function OneOf({ target, known, manual }: AssociationItemsProps & { manual: readonly NodeAssociation[] }) {
  const begun = (id: string): ItemDraft => {
    const item = known.find(({ itemId }) => itemId === id);
    return item === undefined ? { ...emptyItem(0), id } : draftOf(item, 0);
  };
  const [item, setItem] = useState(() => begun(manual[0]?.associationId ?? ''));
  const put = usePut();
  // The title stays the association's own.
  const store = () =>
    void put.run(requestOf(target, [{ ...item, title: '' }], new Date()), { node: target.nodeId, type: target.complianceType });
  return (
    <form
      className={classes.items}
      onSubmit={(event) => {
        event.preventDefault();
        store();
      }}
    >
      <div className={classes.row}>
        <Select
          label="Association"
          data={manual.map(({ associationId, title }) => ({ value: associationId, label: title }))}
          value={item.id}
          allowDeselect={false}
          onChange={(id) => setItem(begun(id ?? ''))}
        />
        <StandingFields item={item} onChange={(changed: ItemDraft) => setItem(changed)} />
      </div>
      <p className="hf-faint">With severity “Unspecified” it gets that of the association.</p>
      {put.fault !== null && <FaultNotice fault={put.fault} />}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" loading={put.isPending}>
          Put its compliance
        </Button>
      </div>
    </form>
  );
}
