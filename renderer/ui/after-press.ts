let isPressed = false;

window.addEventListener(
  'pointerdown',
  () => {
    isPressed = true;
  },
  true,
);
for (const end of ['pointerup', 'pointercancel'] as const) {
  window.addEventListener(
    end,
    () => {
      isPressed = false;
    },
    true,
  );
}

/**
 * Does the work now, or when the press of a pointer that is under way has become its click. Leaving a field by clicking elsewhere may
 * show a message and move the page: it must not move what is being clicked from under the pointer.
 */
export function afterPress(work: () => void): void {
  if (!isPressed) work();
  else window.addEventListener('pointerup', () => setTimeout(work), { once: true, capture: true });
}
