import * as z from 'zod';
import type { SchemaDocumentType } from './document-type.ts';
import { type Violation, violation } from './violation.ts';

/** spec.md 8.1. */
export const SCHEMAS: Readonly<Record<SchemaDocumentType, readonly string[]>> = {
  Command: ['1.2', '2.0', '2.2'],
  Policy: ['2.0', '2.2'],
  Automation: ['0.3'],
};

const AnySchema = z.looseObject({ schemaVersion: z.union([z.string(), z.number()]) });

/** Looked at first and alone: in another schema nothing else means what it means here. A missing one is left to the document's shape. */
export function schemaViolation(content: unknown, documentType: SchemaDocumentType): Violation | null {
  const parsed = AnySchema.safeParse(content);
  if (!parsed.success) return null;
  const { schemaVersion } = parsed.data;
  const schemas = SCHEMAS[documentType];
  const newest = schemas.at(-1) ?? '';
  if (typeof schemaVersion === 'number') return violation(['schemaVersion'], `must be text: write it in quotes, "${newest}"`);
  if (schemas.includes(schemaVersion)) return null;
  const known = schemas.join(', ');
  return violation(
    ['schemaVersion'],
    `is ${JSON.stringify(schemaVersion.slice(0, 80))}, but a document of type ${documentType} has schema ${known}`,
  );
}

/** Undefined where there is none. */
export function schemaVersionOf(content: unknown): string | undefined {
  const parsed = AnySchema.safeParse(content);
  return parsed.success ? String(parsed.data.schemaVersion) : undefined;
}
