import type * as z from 'zod';
import type { FaultCode } from '../../domain/faults.ts';
import { Fault } from '../../domain/faults.ts';
import type { Context } from '../operations/context.ts';
import { requestFault } from './request-fault.ts';

/** One operation of the SSM API: a request of any form in, an answer in the API's shape out. Throws a Fault. */
export type Operation = (context: Context, request: unknown) => object;

/** The member that a trouble is on, where nothing is said of its place. */
const USUAL_MEMBER: { readonly [Code in FaultCode]?: string } = {
  AssociatedInstances: 'Name',
  AssociationDoesNotExist: 'AssociationId',
  InvalidAssociationVersion: 'AssociationVersion',
  InvalidDocument: 'Name',
  InvalidDocumentOperation: 'Name',
  InvalidDocumentVersion: 'DocumentVersion',
  InvalidInstanceId: 'InstanceId',
  ParameterNotFound: 'Name',
  ParameterVersionNotFound: 'Name',
};

function placed(cause: unknown, request: unknown): unknown {
  if (!(cause instanceof Fault) || cause.places.length > 0) return cause;
  const { code }: Fault = cause;
  const field = USUAL_MEMBER[code];
  const isSent = field !== undefined && typeof request === 'object' && request !== null && Object.hasOwn(request, field);
  return isSent ? cause.at([{ field }]) : cause;
}

/** An operation whose request is what `shape` says, and whose answer is made by `answer`. */
export function operation<Shape extends z.ZodType>(
  shape: Shape,
  answer: (context: Context, request: z.output<Shape>) => object,
): Operation {
  return (context, request) => {
    const asked = request ?? {};
    const parsed = shape.safeParse(asked);
    if (!parsed.success) throw requestFault(parsed.error.issues, asked);
    try {
      return answer(context, parsed.data);
    } catch (cause) {
      throw placed(cause, asked);
    }
  };
}
