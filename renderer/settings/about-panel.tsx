import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { Panel } from '../ui/panel.tsx';
import { packagesByLicence } from './licences.ts';
import classes from './settings.module.css';

export function AboutPanel() {
  const facts = useCall(calls.site.facts());
  return (
    <Panel title="About">
      <div className={classes.stack}>
        <p>
          Holdfast{facts.status === 'full' ? ` ${facts.answer.version}` : ''}: state management for labs, without a cloud. It sends nothing
          anywhere: no telemetry, no updates behind your back.
        </p>
        <details className={classes.licences}>
          <summary>Open-source software in Holdfast, and its licences</summary>
          <dl>
            {packagesByLicence().map(({ licence, names }) => (
              <div key={licence} className={classes.licence}>
                <dt>{licence}</dt>
                <dd className="hf-soft">{names.join(', ')}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </Panel>
  );
}
