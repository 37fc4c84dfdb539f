import { VisuallyHidden } from '@mantine/core';
import { HIDDEN } from './parameter-words.ts';

/** What stands in the place of a secret. */
export function Hidden() {
  return (
    <>
      <span aria-hidden>{HIDDEN}</span>
      <VisuallyHidden>hidden</VisuallyHidden>
    </>
  );
}
