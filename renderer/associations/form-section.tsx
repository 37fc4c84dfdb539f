import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './editor.module.css';

interface FormSectionProps {
  title: string;
  /** One sentence on what it is for. */
  words?: string;
  /** What is wrong with the section as a whole. */
  problem?: string | undefined;
  children: ReactNode;
}

export function FormSection({ title, words, problem, children }: FormSectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id} data-problem={problem === undefined ? undefined : true}>
      <div className={classes.sectionWords}>
        <h2 id={id} className={classes.sectionTitle}>
          {title}
        </h2>
        {words !== undefined && <p className={classes.sectionHint}>{words}</p>}
      </div>
      <div className={classes.fields}>
        {children}
        {problem !== undefined && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
    </section>
  );
}
