import { IconAlertTriangle } from '@tabler/icons-react';
import type { GroupRow } from '../../electron/api/groups.ts';
import { TagList } from '../terms/tag-list.tsx';
import type { Column } from '../ui/data-table.tsx';
import { countText } from '../ui/moment.ts';
import { TwoLines } from '../ui/two-lines.tsx';
import { filterTags } from './group-words.ts';
import classes from './groups.module.css';

export const groupColumns: readonly Column<GroupRow>[] = [
  {
    id: 'name',
    header: 'Group',
    cell: (row) => (
      <TwoLines
        main={row.name}
        marks={
          row.problem === null ? undefined : (
            <span className={classes.mark} title={row.problem}>
              <IconAlertTriangle size={14} aria-hidden />
              <span className={classes.hidden}>Cannot be targeted</span>
            </span>
          )
        }
        sub={row.description === '' ? <span className="hf-faint">No description</span> : row.description}
      />
    ),
  },
  { id: 'query', header: 'Machines that have', width: '36%', from: 'medium', cell: (row) => <TagList tags={filterTags(row.tagFilters)} /> },
  {
    id: 'members',
    header: 'Members',
    width: '110px',
    align: 'end',
    cell: (row) => <span className={classes.number}>{countText(row.memberCount)}</span>,
  },
  {
    id: 'associations',
    header: 'Associations',
    width: '130px',
    from: 'medium',
    align: 'end',
    cell: (row) => <span className={classes.number}>{countText(row.associationCount)}</span>,
  },
];
