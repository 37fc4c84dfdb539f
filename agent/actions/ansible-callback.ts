import * as z from 'zod';
import type { ResourceChange } from '../steps/action.ts';

/**
 * A callback plugin for ansible: writes a line of JSON to a file for every task that has changed something, or would, and one with the
 * sums per host. What ansible prints is for people, and a playbook decides much of it; this is for us. Ansible has taken out what
 * `no_log` hides before a plugin sees it.
 */
export const CALLBACK_PLUGIN = `import json
import os

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'aggregate'
    CALLBACK_NAME = 'holdfast_changes'
    CALLBACK_NEEDS_ENABLED = False
    CALLBACK_NEEDS_WHITELIST = False

    def __init__(self, *args, **kwargs):
        super(CallbackModule, self).__init__(*args, **kwargs)
        self._file = os.environ.get('HOLDFAST_ANSIBLE_EVENTS')

    def _write(self, event):
        if self._file:
            with open(self._file, 'a') as events:
                events.write(json.dumps(event) + '\\n')

    def _sides(self, result):
        parts = [result] + [item for item in result.get('results') or [] if isinstance(item, dict)]
        sides = []
        for part in parts:
            diffs = part.get('diff') or []
            for diff in diffs if isinstance(diffs, list) else [diffs]:
                if isinstance(diff, dict) and ('before' in diff or 'after' in diff):
                    sides.append({
                        'of': str(diff.get('after_header') or diff.get('before_header') or '')[:400],
                        'before': self._text(diff.get('before')),
                        'after': self._text(diff.get('after')),
                    })
        return sides[:20]

    def _text(self, side):
        if side is None:
            return None
        return (side if isinstance(side, str) else json.dumps(side, default=str, sort_keys=True))[:500]

    def v2_runner_on_ok(self, result):
        if result._result.get('changed'):
            self._write({
                'kind': 'changed',
                'task': str(result._task.get_name())[:400],
                'action': str(result._task.action)[:100],
                'sides': self._sides(result._result),
            })

    def v2_playbook_on_stats(self, stats):
        self._write({'kind': 'stats', 'hosts': {str(host): stats.summarize(host) for host in stats.processed}})
`;

const Text = z.string().nullable();

const Changed = z.object({
  kind: z.literal('changed'),
  task: z.string(),
  action: z.string(),
  sides: z.array(z.object({ of: z.string(), before: Text, after: Text })),
});
const Stats = z.object({ kind: z.literal('stats'), hosts: z.record(z.string(), z.record(z.string(), z.number())) });
const PlayEvent = z.discriminatedUnion('kind', [Changed, Stats]);

export interface PlayEvents {
  readonly changes: readonly ResourceChange[];
  /** Null when the run ended before any sums. */
  readonly hosts: number | null;
}

/** What the plugin wrote. A line that a dying process left half is no event. */
export function readPlayEvents(text: string): PlayEvents {
  const events = text.split('\n').flatMap((line) => {
    const event = PlayEvent.safeParse(parsed(line));
    return event.success ? [event.data] : [];
  });
  const stats = events.findLast((event) => event.kind === 'stats');
  return {
    changes: events.flatMap((event) => (event.kind === 'changed' ? changesOf(event) : [])),
    hosts: stats === undefined ? null : Object.keys(stats.hosts).length,
  };
}

function changesOf({ task, action, sides }: z.infer<typeof Changed>): ResourceChange[] {
  const resource = `task ${task}`;
  if (sides.length === 0) return [{ resource, property: action, before: null, after: 'changed' }];
  return sides.map(({ of, before, after }) => ({ resource, property: of === '' ? action : `${action} ${of}`, before, after }));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
