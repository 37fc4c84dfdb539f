import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { FaultData } from '../client/fault.ts';
import { useLeaveGuard } from '../ui/address.ts';
import type { CodeHandle } from '../ui/code-editor.tsx';
import { CodeEditor } from '../ui/code-editor.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { placeOfMember } from './json-place.ts';
import classes from './put.module.css';
import { emptyItem, requestOf } from './put-draft.ts';
import { usePut } from './use-put.ts';

interface PutJsonProps {
  nodeId: NodeId | null;
  complianceType: string | null;
}

/** What to begin with: a whole request with one item, of the machine and type that one came from. */
function exampleOf({ nodeId, complianceType }: PutJsonProps): string {
  const item = { ...emptyItem(0), id: 'front-door', title: 'The front door is locked', details: 'floor = 0' };
  const target = { nodeId: nodeId ?? 'mi-', complianceType: complianceType ?? 'Custom:Door' };
  return `${JSON.stringify(requestOf(target, [item], new Date()), null, 2)}\n`;
}

type Read = { ok: true; request: Record<string, unknown> } | { ok: false; problem: string };

function readRequest(text: string): Read {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ok: true, request: { ...read } };
    return { ok: false, problem: 'This is JSON, but not a request: it begins with { and ends with }.' };
  } catch (cause) {
    return { ok: false, problem: `This is not JSON yet: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** PutComplianceItems as the API has it, pasted or written. */
export function PutJson(props: PutJsonProps) {
  const [first] = useState(() => exampleOf(props));
  const [text, setText] = useState(first);
  const put = usePut();
  const code = useRef<CodeHandle>(null);
  useLeaveGuard(text !== first && !put.isSafe ? 'The items are not stored.' : null);
  const read = readRequest(text);
  const places = placesOf(put.fault, text);
  const store = () => {
    if (!read.ok) return;
    const { ResourceId, ComplianceType } = read.request;
    void put.run(read.request, { node: textOf(ResourceId), type: textOf(ComplianceType) });
  };
  return (
    <div className={classes.items}>
      <p className="hf-soft">
        The request of PutComplianceItems, as for <code>aws ssm put-compliance-items --cli-input-json</code>. UploadType COMPLETE replaces
        all items of the type on the machine.
      </p>
      <CodeEditor
        ref={code}
        label="PutComplianceItems as JSON"
        language="JSON"
        text={text}
        problems={places.map(({ line, column, member }) => ({ line, column, message: member }))}
        isInvalid={!read.ok || put.fault !== null}
        onChange={(next) => {
          setText(next);
          put.clear();
        }}
        onSave={store}
      />
      {!read.ok && <p role="status">{read.problem}</p>}
      {put.fault !== null && (
        <FaultNotice fault={put.fault}>
          {places.map(({ member, line, column }) => (
            <Button key={member} size="compact-xs" variant="subtle" onClick={() => code.current?.goTo(line, column)}>
              {member}, line {line}
            </Button>
          ))}
        </FaultNotice>
      )}
      <div className={classes.buttons}>
        <Button variant="filled" disabled={!read.ok} loading={put.isPending} onClick={store}>
          Put the items
        </Button>
      </div>
    </div>
  );
}

const MOST_PLACES = 5;

/** The members that a fault names, where they are in the text. */
function placesOf(fault: FaultData | null, text: string): { member: string; line: number; column: number }[] {
  const members = new Set((fault?.places ?? []).flatMap(({ field }) => (field === undefined || field === '' ? [] : [field])));
  return [...members].slice(0, MOST_PLACES).flatMap((member) => {
    const place = placeOfMember(text, member.split('.'));
    return place === null ? [] : [{ member, ...place }];
  });
}
