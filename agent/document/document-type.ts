import * as z from 'zod';

/** The types of document that associations and calendars are made of (spec.md 8.1). */
export const DocumentType = z.enum(['Command', 'Policy', 'Automation', 'ChangeCalendar']);
export type DocumentType = z.infer<typeof DocumentType>;

/** Of those, the ones that are written as JSON or YAML with a schema version. A change calendar is iCalendar text. */
export type SchemaDocumentType = Exclude<DocumentType, 'ChangeCalendar'>;
