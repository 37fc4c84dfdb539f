import type { AssociationDraft } from '../../electron/domain/association.ts';
import { AssociationDraft as Draft } from '../../electron/domain/association.ts';
import { KeyValue } from '../ui/key-value.tsx';
import { Panel } from '../ui/panel.tsx';
import { ParameterValues } from './parameter-values.tsx';
import { settingLabels, settingText } from './setting-words.ts';

const plainSettings = Draft.keyof().options.filter((key) => key !== 'parameters');

/** Everything that a version says, to be read. */
export function AllSettings({ draft }: { draft: AssociationDraft }) {
  const given = plainSettings.filter((key) => key !== 'instanceId' || draft.instanceId !== null);
  return (
    <>
      <Panel title="Settings of this version">
        <KeyValue facts={given.map((key) => ({ label: settingLabels[key], value: settingText(draft, key) }))} />
      </Panel>
      <Panel title="Parameters of this version">
        <ParameterValues parameters={draft.parameters} />
      </Panel>
    </>
  );
}
