import { oc } from '@orpc/contract';
import * as z from 'zod';

/** A place in what the person typed: a field as the API spells it, or a line and column of a document's source. */
export const FaultPlace = z.object({
  field: z.string().optional(),
  line: z.number().nullable().optional(),
  column: z.number().nullable().optional(),
});

/** What crosses to a window when a call is refused: the fault's code, words and places. Nothing of a stack, ever. */
export const FaultData = z.object({ code: z.string(), title: z.string(), remedy: z.string(), places: z.array(FaultPlace) });
export type FaultData = z.infer<typeof FaultData>;

/** Every call starts here, so every call refuses in the same way. */
export const call = oc.errors({ FAULT: { status: 422, message: 'Refused', data: FaultData } });

/** Which rows of a list: lists are never sent whole. */
export const PageInput = z.strictObject({ offset: z.number().int().min(0), limit: z.number().int().min(1).max(200) });

export const pageOf = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row), total: z.number() });
