import { TextInput } from '@mantine/core';
import { FormSection } from './form-section.tsx';
import type { Editor } from './use-editor.ts';

export function NameSection({ editor }: { editor: Editor }) {
  return (
    <FormSection title="Name" words="Shown in every list. Without one, the document’s name is.">
      <TextInput
        label="Association name"
        placeholder="keep-chrony-running"
        value={editor.state.associationName}
        error={editor.problemOf('associationName')}
        onChange={(event) => editor.change({ associationName: event.currentTarget.value })}
        onBlur={() => editor.touch('associationName')}
        maxLength={200}
        autoComplete="off"
      />
    </FormSection>
  );
}
