/** What a colour says. Never used alone: every use has a word, and most an icon. */
export type Tone = 'ok' | 'bad' | 'warn' | 'run' | 'idle';
