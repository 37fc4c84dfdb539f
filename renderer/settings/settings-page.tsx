import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SiteFacts } from '../../electron/api/site.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { localZone } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { SampleLabPanel } from './sample-lab-panel.tsx';
import classes from './settings.module.css';
import { SiteNameForm } from './site-name-form.tsx';

export function SettingsPage({ shortcuts }: { shortcuts: ReactNode }) {
  const facts = useCall(calls.site.facts());
  return (
    <Page>
      <PageHeader title="Settings">This site, this window, and how agents reach it.</PageHeader>
      {facts.status === 'loading' && <SkeletonLines lines={6} />}
      {facts.status === 'fault' && <FaultNotice fault={facts.fault} />}
      {facts.status === 'full' && (
        <div className={classes.columns}>
          <div className={classes.column}>
            <Panel title="Site">
              <SiteNameForm siteName={facts.answer.siteName} onSaved={facts.again} />
            </Panel>
            <Hub facts={facts.answer} />
            <SampleLabPanel />
          </div>
          <div className={classes.column}>
            <Theme />
            <Panel title="Keyboard">{shortcuts}</Panel>
            <About facts={facts.answer} />
          </div>
        </div>
      )}
    </Page>
  );
}

function Copied({ text, what }: { text: string; what: string }) {
  return (
    <>
      <code className={classes.long}>{text}</code>
      <CopyButton text={text} what={what} />
    </>
  );
}

function Hub({ facts }: { facts: SiteFacts }) {
  return (
    <Panel title="Where agents connect">
      <KeyValue
        facts={[
          { label: 'Port', value: facts.hubPort },
          {
            label: 'Addresses',
            value:
              facts.hubAddresses.length === 0 ? (
                'None that other machines could reach'
              ) : (
                <ul>
                  {facts.hubAddresses.map((hubAddress) => (
                    <li key={hubAddress}>
                      <code>{hubAddress}</code>
                    </li>
                  ))}
                </ul>
              ),
          },
          { label: 'CA fingerprint', value: <Copied text={facts.caFingerprint} what="CA fingerprint" /> },
        ]}
      />
    </Panel>
  );
}

const themes = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

function Theme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = (value: string) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto');
  return (
    <Panel title="Theme">
      <SegmentedControl aria-label="Theme" data={themes} value={colorScheme} onChange={choose} />
    </Panel>
  );
}

function About({ facts }: { facts: SiteFacts }) {
  return (
    <Panel title="About">
      <KeyValue
        facts={[
          { label: 'Holdfast', value: `Version ${facts.version}` },
          { label: 'Data folder', value: <Copied text={facts.dataFolder} what="data folder" /> },
          { label: 'Time zone', value: `${localZone()}; schedules are UTC` },
          { label: 'Network', value: 'Everything stays on this computer and your network. Nothing is sent anywhere else.' },
        ]}
      />
    </Panel>
  );
}
