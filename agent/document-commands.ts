import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { refusedReport, runbookReport, stepsReport } from './document/compatibility.ts';
import type { CompatibilityReport, Verdict } from './document/compatibility-report.ts';
import { reportText } from './document/compatibility-words.ts';
import type { DocumentContent } from './document/document.ts';
import { DocumentType } from './document/document-type.ts';
import type { DocumentProblem } from './document/located-problem.ts';
import { renderedDocument } from './document/rendered-document.ts';
import { parseRunbookSource } from './document/runbook-source.ts';
import { parseDocumentSource } from './document/source.ts';
import { kindOfSource, type SourceKind } from './document/source-kind.ts';
import { parametersGiven, textOfFile } from './document-arguments.ts';
import { runDocumentHere } from './document-run.ts';
import { Failure } from './protocol/failures.ts';

const HELP = `For authors of documents, on any machine and with no controller:

  holdfast-agent document check FILE [--parameters name=value | --parameters FILE]... [--document-type TYPE] [--json]
      Says what a document does here: per step and platform, with which limits, how much of it can be checked, and what is wrong.
      With parameters also its steps as they would run, with the values in their places. Nothing is run.
      Ends with 0 when it runs as it is, 3 when it runs with limits, 1 when it cannot run or is refused.
  holdfast-agent document run FILE [--parameters name=value | --parameters FILE]... [--audit] [--json] [--data DIR]
      Runs it on this machine, now. What its steps print comes to the standard output and error as it is printed; when a step ends,
      its status goes to the standard error. Ctrl-C ends it with everything that it has started.
      --parameters   a value as text, and a list as JSON or given again; or a file, JSON or YAML, with a map of values
      --audit        only what changes nothing: the steps that can check are checked
      --json         one JSON object a line, for scripts, on the standard output: step-started, output, step-ended,
                     document-ended; or refused
      --data DIR     keeps what its actions remember in the agent's folder there; else that is gone when it ends
      Ends with 0 for Success, 1 for Failed, 3 when a check found something to differ, 124 for TimedOut, 130 for Cancelled, 194 when a
      step asks for a restart of the machine.

  FILE may be - for the standard input. TYPE is Command, Policy or Automation; without it the text tells.
`;

const OPTIONS = {
  audit: { type: 'boolean' },
  data: { type: 'string' },
  'document-type': { type: 'string' },
  help: { type: 'boolean' },
  json: { type: 'boolean' },
  parameters: { type: 'string', multiple: true },
} as const;

const EXIT_OF_VERDICT: Record<Verdict, number> = { runs: 0, limited: 3, cannot: 1 };

/** `holdfast-agent document …`: the exit code. */
export async function documentCommand(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [command, file, ...more] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  if (command !== 'check' && command !== 'run') refuseArguments(`${JSON.stringify(command)} is no command for documents.`);
  if (file === undefined) refuseArguments('The file of the document is missing.');
  if (more.length > 0) refuseArguments(`${JSON.stringify(more[0])} is one word too many.`);
  const document = readDocument(await textOfFile(file), values['document-type']);
  const { json = false } = values;
  if (command === 'check') return checkDocument(document, { file, json, given: values.parameters ?? [] });
  if (!document.ok) {
    if (json) process.stdout.write(`${JSON.stringify({ event: 'refused', report: document.report })}\n`);
    else process.stderr.write(reportText(document.report, file));
    return 1;
  }
  const parameters = await parametersGiven(values.parameters ?? [], document.document.parameters);
  const mode = values.audit ? 'Audit' : 'Enforce';
  const code = await runDocumentHere(document.document, { name: nameOf(file), parameters, mode, json, data: values.data ?? null });
  // Whatever an action has left waiting is of no use to anybody any more.
  process.exit(code);
}

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Failure('E-ARGUMENTS', { problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

function refuseArguments(problem: string): never {
  throw new Failure('E-ARGUMENTS', { problem });
}

const nameOf = (file: string): string => (file === '-' ? 'document' : basename(file).replace(/\.[a-z]{1,5}$/i, ''));

type ReadDocument = SourceKind & { readonly report: CompatibilityReport } & (
    | { readonly ok: true; readonly document: DocumentContent }
    | { readonly ok: false }
  );

/** `ok`: it has steps that can be run here. */
function readDocument(content: string, askedType: string | undefined): ReadDocument {
  const kind = kindOf(content, askedType);
  const { documentType, format } = kind;
  const refused = (problems: readonly DocumentProblem[]): ReadDocument => ({ ...kind, ok: false, report: refusedReport(problems) });
  // What reads calendars is larger than all of the agent: that is left where they are kept.
  if (documentType === 'ChangeCalendar' || format === 'TEXT') {
    return refuseArguments('It is a change calendar, which Holdfast checks when it is imported there.');
  }
  if (documentType === 'Automation') {
    const parsed = parseRunbookSource({ format, text: content });
    return parsed.ok ? { ...kind, ok: false, report: runbookReport(parsed.runbook) } : refused(parsed.problems);
  }
  const parsed = parseDocumentSource({ documentType, format, text: content });
  if (!parsed.ok) return refused(parsed.problems);
  return { ...kind, ok: true, document: parsed.document, report: stepsReport(parsed.document, parsed.origin) };
}

function kindOf(content: string, asked: string | undefined): SourceKind {
  const found = kindOfSource(content);
  if (asked === undefined) return found;
  const documentType = DocumentType.safeParse(asked);
  if (documentType.success) return { ...found, documentType: documentType.data };
  return refuseArguments(`--document-type is one of ${DocumentType.options.join(', ')}, and not ${JSON.stringify(asked)}.`);
}

interface Check {
  readonly file: string;
  readonly json: boolean;
  readonly given: readonly string[];
}

async function checkDocument(read: ReadDocument, { file, json, given }: Check): Promise<number> {
  const { documentType, format, report } = read;
  const rendered =
    read.ok && given.length > 0 ? renderedDocument(read.document, await parametersGiven(given, read.document.parameters)) : null;
  const facts = { file, documentType, format, ...report, ...(rendered === null ? {} : { rendered }) };
  process.stdout.write(json ? `${JSON.stringify(facts)}\n` : `${reportText(report, file)}${renderedText(rendered)}`);
  return rendered !== null && rendered.problems.length > 0 ? 1 : EXIT_OF_VERDICT[report.verdict];
}

function renderedText(rendered: ReturnType<typeof renderedDocument> | null): string {
  if (rendered === null) return '';
  const { problems, steps } = rendered;
  const lines = [...problems, ...steps.map(({ name, action, text }) => `${name}  ${action}\n${text}`)];
  return `\nWith these parameters\n${lines.join('\n').replace(/^/gm, '  ')}\n`;
}
