import type { Tag } from '../../electron/domain/tag.ts';
import classes from './tag-list.module.css';

/** Tags as `key = value`; all of them on hover where they are cut. */
export function TagList({ tags, layout = 'line' }: { tags: readonly Tag[]; layout?: 'line' | 'wrap' }) {
  if (tags.length === 0) return <span className="hf-faint">None</span>;
  const words = tags.map(({ key, value }) => (value === '' ? key : `${key} = ${value}`));
  return (
    <span className={classes.tags} data-layout={layout} title={layout === 'line' ? words.join('\n') : undefined}>
      {tags.map(({ key, value }) => (
        <span key={key} className={classes.tag}>
          <span className={classes.tagKey}>{key}</span>
          {value !== '' && <span className={classes.tagValue}>{value}</span>}
        </span>
      ))}
    </span>
  );
}
