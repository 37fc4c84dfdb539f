import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { typeText } from '../terms/compliance-words.ts';
import { useLeaveGuard } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { ItemFields } from './item-fields.tsx';
import classes from './put.module.css';
import type { ItemDraft, PutTarget } from './put-draft.ts';
import { draftOf, emptyItem, pointsAt, requestOf } from './put-draft.ts';
import { usePut } from './use-put.ts';

interface PutItemsProps {
  target: PutTarget;
  known: readonly ComplianceRow[];
}

const firstDrafts = (known: readonly ComplianceRow[]): ItemDraft[] => (known.length === 0 ? [emptyItem(0)] : known.map(draftOf));

/** The whole list of one type on one machine. */
export function PutItems({ target, known }: PutItemsProps) {
  const [first] = useState(() => firstDrafts(known));
  const [items, setItems] = useState(first);
  const [nextKey, setNextKey] = useState(first.length);
  const put = usePut();
  const isChanged = items !== first;
  useLeaveGuard(isChanged && !put.isSafe ? 'The items are not stored.' : null);
  const places = put.fault?.places ?? [];
  const add = () => {
    setItems([...items, emptyItem(nextKey)]);
    setNextKey(nextKey + 1);
  };
  const change = (changed: ItemDraft) => setItems(items.map((item) => (item.key === changed.key ? changed : item)));
  const store = () => void put.run(requestOf(target, items, new Date()), { node: target.nodeId, type: target.complianceType });
  return (
    <form
      className={classes.items}
      onSubmit={(event) => {
        event.preventDefault();
        store();
      }}
    >
      <p className="hf-soft">
        These are all items of this type on the machine after they are put: what is not in the list goes.
        {known.length > 0 &&
          ` ${plural(known.length, 'item')} of “${typeText(target.complianceType)}” ${known.length === 1 ? 'is' : 'are'} there now.`}
      </p>
      <ol className={classes.list} aria-label="Items">
        {items.map((item, position) => (
          <ItemFields
            key={item.key}
            item={item}
            number={position + 1}
            isWrong={(member) => pointsAt(places, position, member)}
            onChange={change}
            onRemove={() => setItems(items.filter(({ key }) => key !== item.key))}
          />
        ))}
        {items.length === 0 && <li className="hf-faint">None: putting this takes every item of the type away.</li>}
      </ol>
      {put.fault !== null && <FaultNotice fault={put.fault} />}
      <div className={classes.buttons}>
        <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          Add an item
        </Button>
        <Button type="submit" variant="filled" loading={put.isPending}>
          {items.length === 0 ? 'Remove all items' : `Put ${plural(items.length, 'item')}`}
        </Button>
      </div>
    </form>
  );
}
