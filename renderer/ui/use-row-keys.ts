import type { RefObject } from 'react';
import { useEffect, useEffectEvent } from 'react';

interface RowKeys {
  total: number;
  scrollTo(index: number): void;
}

const PAGE = 10;

/** Which row a key leads to from `index`; null for a key that moves nothing. */
export function rowAfterKey(key: string, index: number, total: number): number | null {
  const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: PAGE, PageUp: -PAGE, Home: -total, End: total };
  const step = steps[key];
  return step === undefined || total === 0 ? null : Math.min(total - 1, Math.max(0, index + step));
}

const isTyping = (target: Element): boolean =>
  target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]') !== null;

function focusRow(scroller: HTMLElement, index: number): boolean {
  const link = scroller.querySelector<HTMLElement>(`tr[data-index="${index}"] [data-row-link]`);
  link?.focus({ preventScroll: true });
  return link !== null;
}

/** Arrows, J and K, Home and End move between rows; X selects; a click anywhere in a row opens it. */
export function useRowKeys(scroller: RefObject<HTMLElement | null>, { total, scrollTo }: RowKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof Element) || scroller.current === null || event.ctrlKey || event.metaKey || event.altKey || isTyping(target))
      return;
    const row = target.closest('tr[data-index]');
    if (event.key === 'x' && row !== null) {
      row.querySelector<HTMLElement>('[data-row-select]')?.click();
      return;
    }
    const index = row === null ? -1 : Number(row.getAttribute('data-index'));
    const next = rowAfterKey(event.key, index, total);
    if (next === null) return;
    event.preventDefault();
    scrollTo(next);
    const container = scroller.current;
    if (!focusRow(container, next)) requestAnimationFrame(() => requestAnimationFrame(() => focusRow(container, next)));
  });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onKeyDown = (event: KeyboardEvent) => onKey(event);
    element.addEventListener('keydown', onKeyDown);
    element.addEventListener('click', openClickedRow);
    return () => {
      element.removeEventListener('keydown', onKeyDown);
      element.removeEventListener('click', openClickedRow);
    };
  });
}

function openClickedRow(event: MouseEvent): void {
  const { target } = event;
  if (!(target instanceof Element) || target.closest('a, button, input, label') !== null) return;
  if ((window.getSelection()?.toString() ?? '') !== '') return;
  target.closest('tr[data-index]')?.querySelector<HTMLElement>('[data-row-link]')?.click();
}
