import { ActionIcon, Select, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { ComplianceStatus, ItemSeverity } from '../../electron/domain/compliance.ts';
import { complianceLooks } from '../terms/looks.ts';
import { severityLabel } from '../terms/status.tsx';
import classes from './put.module.css';
import type { ItemDraft, ItemField } from './put-draft.ts';

const severities = ItemSeverity.options.map((value) => ({ value, label: severityLabel(value) }));
const statuses = ComplianceStatus.options.map((value) => ({ value, label: complianceLooks[value].label }));

interface ItemFieldsProps {
  item: ItemDraft;
  number: number;
  isWrong(member: ItemField): boolean;
  onChange(item: ItemDraft): void;
  onRemove(): void;
}

/** One item of the list. */
export function ItemFields({ item, number, isWrong, onChange, onRemove }: ItemFieldsProps) {
  return (
    <li className={classes.item} aria-label={`Item ${number}`}>
      <div className={classes.row}>
        <TextInput
          label="Id"
          value={item.id}
          maxLength={100}
          error={isWrong('Id')}
          onChange={(event) => onChange({ ...item, id: event.currentTarget.value })}
        />
        <TextInput
          label="Title"
          value={item.title}
          maxLength={500}
          error={isWrong('Title')}
          onChange={(event) => onChange({ ...item, title: event.currentTarget.value })}
        />
        <StandingFields item={item} onChange={onChange} />
        <Tooltip label="Take it off the list">
          <ActionIcon variant="subtle" aria-label={`Take item ${number} off the list`} onClick={onRemove} className={classes.remove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <Textarea
        label="Details"
        description="One key = value a line"
        value={item.details}
        error={isWrong('Details')}
        rows={Math.min(8, item.details.split('\n').length)}
        onChange={(event) => onChange({ ...item, details: event.currentTarget.value })}
      />
    </li>
  );
}

type Standing = Pick<ItemDraft, 'severity' | 'status'>;

/** Whether it is as it should be, and how bad it is if not. */
export function StandingFields<Item extends Standing>({ item, onChange }: { item: Item; onChange(item: Item): void }) {
  return (
    <>
      <Select
        label="Status"
        data={statuses}
        value={item.status}
        allowDeselect={false}
        onChange={(value) => onChange({ ...item, status: ComplianceStatus.catch(item.status).parse(value) })}
      />
      <Select
        label="Severity"
        data={severities}
        value={item.severity}
        allowDeselect={false}
        onChange={(value) => onChange({ ...item, severity: ItemSeverity.catch(item.severity).parse(value) })}
      />
    </>
  );
}
