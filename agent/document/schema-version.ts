import * as z from 'zod';
import type { SchemaDocumentType } from './document-type.ts';
import { type Violation, violation } from './violation.ts';

/** Of each layout the versions that the SSM agent takes (spec.md 8.1): those that the service does not create are read as the one it does. */
export const LEGACY_SCHEMAS = ['1.0', '1.2'] as const;
export const STEPS_SCHEMAS = ['2.0', '2.0.1', '2.0.2', '2.0.3', '2.2'] as const;

/** spec.md 8.1: what the service creates. */
export const SCHEMAS: Readonly<Record<SchemaDocumentType, readonly string[]>> = {
  Command: ['1.2', '2.0', '2.2'],
  Policy: ['2.0', '2.2'],
  Automation: ['0.3'],
};

const TAKEN: Readonly<Record<SchemaDocumentType, readonly string[]>> = {
  Command: [...LEGACY_SCHEMAS, ...STEPS_SCHEMAS],
  Policy: STEPS_SCHEMAS,
  Automation: SCHEMAS.Automation,
};

export const isLegacySchema = (version: string | undefined): boolean => LEGACY_SCHEMAS.some((legacy) => legacy === version);

const AnySchema = z.looseObject({ schemaVersion: z.union([z.string(), z.number()]) });

/** Looked at first and alone: in another schema nothing else means what it means here. A missing one is left to the document's shape. */
export function schemaViolation(content: unknown, documentType: SchemaDocumentType): Violation | null {
  const parsed = AnySchema.safeParse(content);
  if (!parsed.success) return null;
  const { schemaVersion } = parsed.data;
  const schemas = SCHEMAS[documentType];
  const newest = schemas.at(-1) ?? '';
  if (typeof schemaVersion === 'number') return violation(['schemaVersion'], `must be text: write it in quotes, "${newest}"`);
  if (TAKEN[documentType].includes(schemaVersion)) return null;
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
