import { TagEditor } from '../terms/tag-editor.tsx';
import { lineProblems } from '../terms/tag-lines.ts';
import { FormSection } from './form-section.tsx';
import type { Editor } from './use-editor.ts';

/** Tags of the association itself. They are no setting: changing them makes no version and runs nothing. */
export function TagsSection({ editor }: { editor: Editor }) {
  const hasLineProblem = lineProblems(editor.state.tagLines).size > 0;
  return (
    <FormSection
      title="Tags of the association"
      words="Your own notes on it, as owner or ticket. They do not choose machines, and changing them runs nothing."
      problem={hasLineProblem ? undefined : editor.problemOf('tags')}
    >
      <TagEditor lines={editor.state.tagLines} known={[]} onChange={(tagLines) => editor.change({ tagLines })} />
    </FormSection>
  );
}
