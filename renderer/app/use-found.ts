import { calls } from '../client/calls.ts';
import { useCallWhen, useLastAnswer } from '../client/use-call.ts';
import type { Found } from './palette-actions.ts';

const SHOWN = 6;

/** What the site has under a name; nothing for an empty one. */
export function useFound(search: string): Found {
  const page = { offset: 0, limit: SHOWN, search };
  const isAsking = search !== '';
  const nodes = useLastAnswer(
    useCallWhen(isAsking ? calls.nodes.list({ ...page, pingStatus: null, sort: 'name', order: 'ascending' }) : null),
  );
  const associations = useLastAnswer(
    useCallWhen(isAsking ? calls.associations.list({ ...page, status: null, sort: 'title', order: 'ascending' }) : null),
  );
  const documents = useCallWhen(isAsking ? calls.documents.list() : null);
  const calendars = useCallWhen(isAsking ? calls.calendars.list() : null);
  const parameters = useLastAnswer(useCallWhen(isAsking ? calls.parameters.names(search) : null));
  const packages = useLastAnswer(useCallWhen(isAsking ? calls.packages.list({ ...page, sort: 'name', order: 'ascending' }) : null));
  const wanted = search.toLowerCase();
  return {
    nodes: isAsking ? (nodes?.answer.rows ?? []) : [],
    associations: isAsking ? (associations?.answer.rows ?? []) : [],
    documents:
      isAsking && documents.status === 'full'
        ? documents.answer.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, SHOWN)
        : [],
    calendars:
      isAsking && calendars.status === 'full'
        ? calendars.answer.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, SHOWN)
        : [],
    packages: isAsking ? (packages?.answer.rows ?? []) : [],
    parameters: isAsking ? (parameters?.answer.slice(0, SHOWN) ?? []) : [],
  };
}
