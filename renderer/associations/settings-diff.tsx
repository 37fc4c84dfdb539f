import type { AssociationDraft } from '../../electron/domain/association.ts';
import { changedSettings } from '../../electron/domain/association.ts';
import { LineDiffTable } from '../ui/line-diff-table.tsx';
import { changedParameters, settingLabels, settingText } from './setting-words.ts';
import classes from './settings-diff.module.css';

interface SettingsDiffProps {
  before: AssociationDraft;
  after: AssociationDraft;
  beforeLabel?: string;
  afterLabel?: string;
}

/** The settings in which two versions differ, each with what it was and what it is; parameters line by line. */
export function SettingsDiff({ before, after, beforeLabel = 'Before', afterLabel = 'After' }: SettingsDiffProps) {
  const changed = changedSettings(before, after);
  if (changed.length === 0) return <p className="hf-faint">No setting is different.</p>;
  const plain = changed.filter((key) => key !== 'parameters');
  return (
    <div className={classes.diffs}>
      {plain.length > 0 && (
        <div className={classes.diffFrame}>
          <table className={classes.diff} aria-label="Changed settings">
            <thead>
              <tr>
                <th scope="col">Setting</th>
                <th scope="col">{beforeLabel}</th>
                <th scope="col">{afterLabel}</th>
              </tr>
            </thead>
            <tbody>
              {plain.map((key) => (
                <tr key={key}>
                  <th scope="row">{settingLabels[key]}</th>
                  <td className={classes.before}>
                    <span aria-hidden>− </span>
                    {settingText(before, key)}
                  </td>
                  <td className={classes.after}>
                    <span aria-hidden>+ </span>
                    {settingText(after, key)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {changedParameters(before, after).map((name) => (
        <div key={name}>
          <h3 className={classes.diffTitle}>
            Parameter <code>{name}</code>
          </h3>
          <LineDiffTable
            label={`Parameter ${name}`}
            before={(before.parameters[name] ?? []).join('\n')}
            after={(after.parameters[name] ?? []).join('\n')}
            beforeLabel={beforeLabel}
            afterLabel={afterLabel}
          />
        </div>
      ))}
    </div>
  );
}
