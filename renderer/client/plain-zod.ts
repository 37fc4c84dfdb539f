import * as z from 'zod';

// zod would try whether it may compile code from text, which the window's policy refuses and reports. It has to be told before the
// first schema is made, so this is the window's first import.
z.config({ jitless: true });
