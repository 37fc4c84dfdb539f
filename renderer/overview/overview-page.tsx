import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Overview } from '../../electron/api/site.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { Attention } from './attention.tsx';
import { FirstSteps } from './first-steps.tsx';
import classes from './overview.module.css';
import { LastExecutions, NextRuns, RunningNow } from './runs.tsx';
import { SampleLabBanner, SampleLabOffer } from './sample-lab.tsx';
import { Tiles } from './tiles.tsx';

export function OverviewPage() {
  const overview = useCall(calls.site.overview());
  return (
    <Page>
      <PageHeader
        title="Overview"
        actions={
          <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => goTo(address.newAssociation())}>
            New association
          </Button>
        }
      >
        {overview.status === 'full' ? overview.answer.sentence : 'How the site is at this moment.'}
      </PageHeader>
      {overview.status === 'loading' && <SkeletonLines lines={6} />}
      {overview.status === 'fault' && <FaultNotice fault={overview.fault} />}
      {overview.status === 'full' && <Site overview={overview.answer} />}
    </Page>
  );
}

function Site({ overview }: { overview: Overview }) {
  const lab = useCall(calls.site.sampleLab());
  const hasLab = lab.status === 'full' && lab.answer.nodes.length > 0;
  const isAlone = lab.status === 'full' && !hasLab && overview.nodes.total <= 1;
  return (
    <>
      {hasLab && <SampleLabBanner lab={lab.answer} />}
      <FirstSteps overview={overview} />
      {isAlone && <SampleLabOffer />}
      <Tiles overview={overview} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Attention items={overview.attention} />
          <LastExecutions hasAssociations={overview.associations.total > 0} />
        </div>
        <div className={classes.side}>
          <RunningNow />
          <NextRuns overview={overview} />
        </div>
      </div>
    </>
  );
}
