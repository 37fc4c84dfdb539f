import type { AssociationDraft } from '../../electron/domain/association.ts';
import { changedSettings } from '../../electron/domain/association.ts';
import classes from './editor.module.css';
import { settingLabels, settingText } from './setting-words.ts';

/** The settings in which two versions differ, each with what it was and what it is. */
export function SettingsDiff({ before, after }: { before: AssociationDraft; after: AssociationDraft }) {
  const changed = changedSettings(before, after);
  if (changed.length === 0) return <p className={classes.hint}>No setting is different.</p>;
  return (
    <div className={classes.diffFrame}>
      <table className={classes.diff} aria-label="Changed settings">
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changed.map((key) => (
            <tr key={key}>
              <th scope="row">{settingLabels[key]}</th>
              <td className={classes.before}>{settingText(before, key)}</td>
              <td className={classes.after}>{settingText(after, key)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
