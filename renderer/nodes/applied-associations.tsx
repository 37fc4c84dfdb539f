import { ActionIcon, Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { NodeAssociation, NodeRow } from '../../electron/api/nodes.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { targetLooks } from '../terms/looks.ts';
import { Status } from '../terms/status.tsx';
import { detailText } from '../terms/words.ts';
import { Age } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { tellDone, tellFault } from '../ui/toast.tsx';
import classes from './nodes.module.css';
import { refreshSentence } from './refresh-words.ts';

/** Which associations apply here, why, and how each stands. */
export function AppliedAssociations({ node: { nodeId, isConnected } }: { node: NodeRow }) {
  const applied = useCall(calls.nodes.associations(nodeId));
  const refresh = useAction((client, associationIds: AssociationId[]) => client.nodes.refresh({ nodeId, associationIds }));
  const isAway = !isConnected;
  const apply = async (associationIds: AssociationId[]) => {
    const outcome = await refresh.run(associationIds);
    if (outcome.ok) tellDone(refreshSentence(outcome.answer));
    else tellFault(outcome.fault);
  };
  const hasSome = applied.status === 'full' && applied.answer.length > 0;
  const applyAll = (
    <Button
      size="compact-xs"
      leftSection={<IconPlayerPlay size={13} aria-hidden />}
      disabled={isAway}
      loading={refresh.isPending}
      onClick={() => void apply([])}
    >
      Apply all now
    </Button>
  );
  return (
    <Panel title="Associations that apply here" padding="flush" aside={hasSome ? applyAll : undefined}>
      {applied.status === 'loading' && <SkeletonLines lines={4} />}
      {applied.status === 'fault' && <FaultNotice fault={applied.fault} />}
      {applied.status === 'full' && (
        <PanelRows label="Associations that apply here">
          {applied.answer.map((association) => (
            <PanelRow key={association.associationId}>
              <Applied association={association} nodeId={nodeId} />
              <ActionIcon
                aria-label={`Apply ${association.title} now, on this machine`}
                disabled={isAway || refresh.isPending}
                onClick={() => void apply([association.associationId])}
              >
                <IconPlayerPlay size={15} aria-hidden />
              </ActionIcon>
            </PanelRow>
          ))}
          {applied.answer.length === 0 && <PanelRow>None yet: no association targets this machine or one of its tags.</PanelRow>}
        </PanelRows>
      )}
    </Panel>
  );
}

/** The document and the version of it that runs: the chosen one, and what that comes to now. */
function documentText({ documentName, documentVersion, runsVersion }: NodeAssociation): string {
  if (runsVersion === null) return `${documentName}, version ${documentVersion}`;
  const choice = documentVersion === String(runsVersion) ? '' : ` (${documentVersion})`;
  return `${documentName}, version ${runsVersion}${choice}`;
}

function Applied({ association, nodeId }: { association: NodeAssociation; nodeId: NodeId }) {
  const { associationId, title, because, nextRunAt, latest, problem } = association;
  return (
    <div className={classes.applied}>
      <div>
        <a className={classes.appliedTitle} href={address.association(associationId)}>
          {title}
        </a>
        <p className={classes.appliedSub}>
          {documentText(association)} · targets {because.charAt(0).toLowerCase() + because.slice(1)}
          {nextRunAt !== null && (
            <>
              {' '}
              · next <Age at={nextRunAt} />
            </>
          )}
        </p>
        {problem !== null && <p className={classes.appliedSub}>It cannot run: {problem}</p>}
        {latest !== null && latest.executionSummary !== '' && latest.status !== 'Success' && (
          <p className={classes.appliedSub}>{latest.executionSummary}</p>
        )}
      </div>
      <div className={classes.appliedStatus}>
        {latest === null ? (
          <span className="hf-faint">Has not run here</span>
        ) : (
          <a href={address.execution(latest.executionId, { node: nodeId })}>
            <Status look={targetLooks[latest.status]} at={latest.at} reason={detailText(latest.detailedStatus)} style="plain" />
          </a>
        )}
      </div>
    </div>
  );
}
