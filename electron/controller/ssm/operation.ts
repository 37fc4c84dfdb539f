import type * as z from 'zod';
import type { Context } from '../operations/context.ts';
import { requestFault } from './request-fault.ts';

/** One operation of the SSM API: a request of any form in, an answer in the API's shape out. Throws a Fault. */
export type Operation = (context: Context, request: unknown) => object;

/** An operation whose request is what `shape` says, and whose answer is made by `answer`. */
export function operation<Shape extends z.ZodType>(
  shape: Shape,
  answer: (context: Context, request: z.output<Shape>) => object,
): Operation {
  return (context, request) => {
    const asked = request ?? {};
    const parsed = shape.safeParse(asked);
    if (!parsed.success) throw requestFault(parsed.error.issues, asked);
    return answer(context, parsed.data);
  };
}
