import type { SiteFacts } from '../../electron/api/site.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import type { Fact } from '../ui/key-value.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { Panel } from '../ui/panel.tsx';
import { hubAddress } from './hub-address.ts';
import classes from './settings.module.css';

function factsOf({ version, dataFolder, hubPort, hubAddresses, caFingerprint }: SiteFacts): Fact[] {
  return [
    { label: 'Version', value: <span className="hf-tabular">{version}</span> },
    {
      label: 'Data folder',
      value: (
        <>
          <code>{dataFolder}</code>
          <CopyButton text={dataFolder} what="data folder" />
        </>
      ),
    },
    { label: 'Hub port', value: <span className="hf-tabular">{hubPort}</span> },
    {
      label: 'Agents connect to',
      value: (
        <ul className={classes.lines}>
          {hubAddresses.map((address) => (
            <li key={address} className={classes.line}>
              <code>{hubAddress(address, hubPort)}</code>
              <CopyButton text={hubAddress(address, hubPort)} what={`address ${hubAddress(address, hubPort)}`} />
            </li>
          ))}
        </ul>
      ),
    },
    {
      label: 'CA fingerprint',
      value: (
        <>
          <code className={classes.fingerprint}>{caFingerprint}</code>
          <CopyButton text={caFingerprint} what="CA fingerprint" />
          <span className={classes.note}>What an agent compares before it says anything: how it knows that it talks to this site.</span>
        </>
      ),
    },
  ];
}

export function ControllerFacts({ facts }: { facts: SiteFacts }) {
  return (
    <Panel title="Controller">
      <KeyValue facts={factsOf(facts)} />
    </Panel>
  );
}
