import type { Ref } from 'react';
import { useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { CodeKnowledge } from './code-completion.ts';
import classes from './code-editor.module.css';
import type { CodeMount } from './code-mirror.ts';
import type { CodeLanguage, CodeProblem } from './code-problem.ts';

export interface CodeHandle {
  goTo(line: number, column: number): void;
}

interface CodeBoxProps {
  label: string;
  language: CodeLanguage;
  text: string;
}

interface CodeEditorProps extends CodeBoxProps {
  /** What to mark in the text; null while that is being found out, which leaves the marks where they are. */
  problems: readonly CodeProblem[] | null;
  isInvalid: boolean;
  /** What may be written, and what the words mean. */
  knowledge?: CodeKnowledge | undefined;
  onChange(text: string): void;
  onSave(): void;
  ref?: Ref<CodeHandle>;
}

type Mounted = { kind: 'loading' } | { kind: 'failed' } | { kind: 'open'; mount: CodeMount };

interface Opening extends CodeBoxProps {
  access: 'read' | 'write';
  knowledge?: CodeKnowledge | undefined;
  onChange(text: string): void;
  onSave(): void;
}

const nothing = () => undefined;

/** The editor's program is large, so it comes only when there is something to show with it. */
function useCodeMirror(options: Opening) {
  const host = useRef<HTMLDivElement>(null);
  const [mounted, setMounted] = useState<Mounted>({ kind: 'loading' });
  const { label, access, text, language } = options;
  const tellChange = useEffectEvent(options.onChange);
  const tellSave = useEffectEvent(options.onSave);
  const askKnowledge = useEffectEvent(() => options.knowledge);
  const openIn = useEffectEvent((parent: HTMLElement, { openCode }: typeof import('./code-mirror.ts')) =>
    openCode({ ...options, parent, onChange: tellChange, onSave: tellSave, knowledge: askKnowledge }),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another label or access is another editor; its text is set below
  useEffect(() => {
    let mount: CodeMount | null = null;
    let isGone = false;
    import('./code-mirror.ts').then(
      (program) => {
        if (isGone || host.current === null) return;
        mount = openIn(host.current, program);
        setMounted({ kind: 'open', mount });
      },
      () => setMounted({ kind: 'failed' }),
    );
    return () => {
      isGone = true;
      mount?.close();
    };
  }, [label, access]);
  const mount = mounted.kind === 'open' ? mounted.mount : null;
  useEffect(() => mount?.setLanguage(language), [mount, language]);
  // As the page is drawn, not after: what is written between the two would be taken away by the text from before it.
  useLayoutEffect(() => mount?.setText(text), [mount, text]);
  return { host, mount, state: mounted.kind };
}

/** A text to read, with its lines numbered and its words coloured. Until that is there, or if it cannot be had, the text alone. */
export function CodeViewer(props: CodeBoxProps) {
  const { host, state } = useCodeMirror({ ...props, access: 'read', onChange: nothing, onSave: nothing });
  return (
    <div className={classes.box} data-access="read">
      <div ref={host} className={classes.host} hidden={state !== 'open'} />
      {state !== 'open' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.plain} tabIndex={0} aria-label={props.label}>
          {props.text}
        </section>
      )}
    </div>
  );
}

/** A text to write. If the editor cannot be had, a plain field does. */
export function CodeEditor({ problems, isInvalid, ref, ...props }: CodeEditorProps) {
  const { host, mount, state } = useCodeMirror({ ...props, access: 'write' });
  useImperativeHandle(ref, () => ({ goTo: (line, column) => mount?.goTo(line, column) }), [mount]);
  useEffect(() => {
    if (problems !== null) mount?.setProblems(problems);
  }, [mount, problems]);
  return (
    <div className={classes.box} data-access="write" data-invalid={isInvalid} aria-busy={state === 'loading'}>
      <div ref={host} className={classes.host} hidden={state !== 'open'} />
      {state === 'loading' && <pre className={classes.plain}>{props.text}</pre>}
      {state === 'failed' && (
        <textarea
          className={classes.plain}
          aria-label={props.label}
          aria-invalid={isInvalid}
          spellCheck={false}
          value={props.text}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
