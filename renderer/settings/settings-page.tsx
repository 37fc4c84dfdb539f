import type { ReactNode } from 'react';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { AboutPanel } from './about-panel.tsx';
import { AlarmsPanel } from './alarms-panel.tsx';
import { ConfirmLimitPanel } from './confirm-limit-panel.tsx';
import { ControllerFacts } from './controller-facts.tsx';
import { OutputStoresPanel } from './output-stores-panel.tsx';
import { RetentionPanel } from './retention-panel.tsx';
import { SampleLabPanel } from './sample-lab-panel.tsx';
import classes from './settings.module.css';
import { SiteNameForm } from './site-name-form.tsx';
import { ThemePanel } from './theme-panel.tsx';
import { TimePanel } from './time-panel.tsx';

/** `shortcuts`: the table of them, which belongs to the frame. */
export function SettingsPage({ shortcuts }: { shortcuts: ReactNode }) {
  return (
    <Page>
      <PageHeader title="Settings">This site, its controller, and how this window looks.</PageHeader>
      <div className={classes.columns}>
        <div className={classes.column}>
          <Site />
          <ConfirmLimitPanel />
          <AlarmsPanel />
          <RetentionPanel />
          <OutputStoresPanel />
          <SampleLabPanel />
          <AboutPanel />
        </div>
        <div className={classes.column}>
          <ThemePanel />
          <TimePanel />
          <Panel title="Keyboard shortcuts">{shortcuts}</Panel>
        </div>
      </div>
    </Page>
  );
}

function Site() {
  const facts = useCall(calls.site.facts());
  switch (facts.status) {
    case 'loading':
      return (
        <Panel title="Site" padding="flush">
          <SkeletonLines lines={6} />
        </Panel>
      );
    case 'fault':
      return (
        <Panel title="Site">
          <FaultNotice fault={facts.fault} />
        </Panel>
      );
    case 'full':
      return (
        <>
          <Panel title="Site">
            {facts.fault !== null && <FaultNotice fault={facts.fault} />}
            <SiteNameForm key={facts.answer.siteName} siteName={facts.answer.siteName} />
          </Panel>
          <ControllerFacts facts={facts.answer} />
        </>
      );
  }
}
