import { Select } from '@mantine/core';
import { ComplianceSeverity, SyncCompliance } from '../../electron/domain/compliance.ts';
import { severityLabel } from '../terms/status.tsx';
import classes from './editor.module.css';
import { FormSection } from './form-section.tsx';
import type { Editor } from './use-editor.ts';

const severities = ComplianceSeverity.options.map((value) => ({ value, label: severityLabel(value) }));

const syncs: Record<SyncCompliance, string> = {
  AUTO: 'From the result of each run',
  MANUAL: 'Only when somebody reports it',
};

export function ComplianceSection({ editor }: { editor: Editor }) {
  const { complianceSeverity, syncCompliance } = editor.state;
  return (
    <FormSection title="Compliance" words="What it means when a machine is not in this state.">
      <div className={classes.row}>
        <Select
          label="Severity"
          data={severities}
          value={complianceSeverity}
          error={editor.problemOf('complianceSeverity')}
          onChange={(value) => editor.change({ complianceSeverity: ComplianceSeverity.catch('UNSPECIFIED').parse(value) })}
        />
        <Select
          label="A machine’s compliance comes"
          data={SyncCompliance.options.map((value) => ({ value, label: syncs[value] }))}
          value={syncCompliance}
          error={editor.problemOf('syncCompliance')}
          onChange={(value) => editor.change({ syncCompliance: SyncCompliance.catch('AUTO').parse(value) })}
        />
      </div>
    </FormSection>
  );
}
