/** What a text field holds, as a setting: nothing but blanks is a setting that is absent. */
export const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Nonsense stays nonsense, so that whoever checks the draft can say so on its field. */
export const numberOrNull = (text: string): number | null => {
  const given = textOrNull(text);
  return given === null ? null : Number(given);
};
