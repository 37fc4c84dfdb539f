import { Button, Textarea, TextInput } from '@mantine/core';
import { plural } from '../ui/moment.ts';
import { FilterRows } from './filter-rows.tsx';
import classes from './groups.module.css';
import type { GroupEditor } from './use-group-editor.ts';

interface GroupEditorFormProps {
  editor: GroupEditor;
  isNew: boolean;
  cancelTo: string;
  submitLabel: string;
  isPending: boolean;
  onSubmit(): void;
}

export function GroupEditorForm({ editor, isNew, cancelTo, submitLabel, isPending, onSubmit }: GroupEditorFormProps) {
  const { form, change, touch, problemOf, problems } = editor;
  const problem = problemOf('tagFilters');
  return (
    <form
      className={classes.form}
      aria-label="Resource group"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className={classes.section}>
        {isNew && (
          <TextInput
            label="Name"
            description="Associations target the group by it, so it stays. Letters, digits and _ . -"
            placeholder="students-b12"
            value={form.name}
            error={problemOf('name')}
            onChange={(event) => change({ name: event.currentTarget.value })}
            onBlur={() => touch('name')}
            maxLength={200}
            autoComplete="off"
          />
        )}
        <Textarea
          label="Description"
          placeholder="What these machines have in common"
          value={form.description}
          error={problemOf('description')}
          onChange={(event) => change({ description: event.currentTarget.value })}
          onBlur={() => touch('description')}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={1100}
        />
      </div>
      <section className={classes.section} aria-label="Tags" data-problem={problem === undefined ? undefined : true}>
        <div>
          <h2 className={classes.sectionTitle}>Tags</h2>
          <p className="hf-faint">A machine is in the group while every line holds; within a line any one of the values will do.</p>
        </div>
        <FilterRows rows={form.rows} onChange={(rows) => change({ rows })} onLeave={() => touch('tagFilters')} />
        {problem !== undefined && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
      </section>
      <div className={classes.foot}>
        <p className={classes.footWords} aria-live="polite">
          {problems > 0 ? `${plural(problems, 'thing')} to fill in or put right before it can be saved` : ''}
        </p>
        <Button component="a" href={cancelTo}>
          Cancel
        </Button>
        <Button type="submit" variant="filled" loading={isPending} disabled={editor.isOld && editor.previewFault === null}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
