import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in our tokens, which follow the theme by themselves: one look is both light and dark. */
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--hf-text)', backgroundColor: 'var(--hf-raised)', fontSize: 'var(--hf-size-small)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--hf-mono)',
    lineHeight: '1.6',
    scrollbarWidth: 'thin',
    scrollbarColor: 'var(--hf-line-strong) transparent',
  },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--hf-text)' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--hf-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'light-dark(#bfe0e7, #1f5361)',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hf-hover) 55%, transparent)' },
  '&:not(.cm-focused) .cm-activeLine, &:not(.cm-focused) .cm-activeLineGutter': { backgroundColor: 'transparent', color: 'inherit' },
  '.cm-gutters': { backgroundColor: 'var(--hf-sunken)', color: 'var(--hf-text-faint)', borderRight: '1px solid var(--hf-line)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--hf-hover)', color: 'var(--hf-text)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 10px' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--hf-idle-soft)', borderColor: 'var(--hf-line)', color: 'var(--hf-text-soft)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--hf-accent-soft-hover)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--hf-bad-soft)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--hf-accent-soft)' },
  '.cm-searchMatch': { backgroundColor: 'light-dark(#f7dc8f, #7d5d14)' },
  '.cm-searchMatch-selected': { backgroundColor: 'light-dark(#efc04d, #a67b1c)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--hf-bad)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--hf-bad)' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0' },
  '.cm-lint-marker': { width: '8px', height: '8px', margin: '6px auto 0' },
  '.cm-lint-marker-error': { content: '""', borderRadius: '50%', backgroundColor: 'var(--hf-bad)' },
});

const panels = EditorView.theme({
  '.cm-tooltip': {
    backgroundColor: 'var(--hf-raised)',
    color: 'var(--hf-text)',
    border: '1px solid var(--hf-line-strong)',
    borderRadius: 'var(--hf-radius)',
    boxShadow: 'var(--hf-shadow)',
    fontFamily: 'var(--hf-font)',
    overflow: 'hidden',
  },
  // What is told of an entry stands beside the list.
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--hf-mono)', borderRadius: 'var(--hf-radius)', maxHeight: '260px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 10px', maxWidth: '300px' },
  '.cm-completionIcon': { color: 'inherit', opacity: '1' },
  '.cm-note': { maxWidth: '420px', padding: '6px 10px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--hf-accent)', color: 'var(--hf-on-accent)' },
  '.cm-diagnostic': { maxWidth: '420px', padding: '6px 10px', borderLeftWidth: '3px', borderLeftColor: 'var(--hf-bad)' },
  '.cm-panels': { backgroundColor: 'var(--hf-surface)', color: 'var(--hf-text)', fontFamily: 'var(--hf-font)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--hf-line)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--hf-line)' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { backgroundColor: 'var(--hf-accent-soft)' },
  '.cm-textfield': {
    padding: '3px 6px',
    border: '1px solid var(--hf-control-line)',
    borderRadius: 'var(--hf-radius-small)',
    backgroundColor: 'var(--hf-raised)',
    color: 'var(--hf-text)',
    fontSize: 'inherit',
  },
  '.cm-button': {
    padding: '3px 8px',
    border: '1px solid var(--hf-line-strong)',
    borderRadius: 'var(--hf-radius-small)',
    backgroundImage: 'none',
    backgroundColor: 'var(--hf-surface)',
    color: 'var(--hf-text)',
    fontSize: 'inherit',
    cursor: 'pointer',
  },
  '.cm-button:active': { backgroundImage: 'none', backgroundColor: 'var(--hf-hover)' },
  '.cm-panel.cm-search': { padding: '8px 12px' },
  '.cm-panel.cm-search label': { fontSize: 'inherit' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--hf-text-soft)', fontSize: '16px', padding: '0 8px' },
});

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--hf-accent-text)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--hf-ok)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--hf-warn)' },
  { tag: [tags.keyword, tags.meta, tags.labelName, tags.typeName], color: 'var(--hf-run)' },
  { tag: tags.comment, color: 'var(--hf-text-faint)', fontStyle: 'italic' },
  { tag: [tags.separator, tags.punctuation, tags.bracket, tags.squareBracket, tags.brace], color: 'var(--hf-text-soft)' },
  { tag: tags.invalid, color: 'var(--hf-bad)' },
]);

export const codeLook: Extension = [look, panels, syntaxHighlighting(highlight)];
