import type { StepReport } from '../../agent/document/compatibility-report.ts';
import { countText } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { Mark } from '../ui/status-badge.tsx';
import classes from './compatibility.module.css';
import { FateBadge } from './compatibility-panel.tsx';
import { platformText } from './document-words.ts';
import documentClasses from './documents.module.css';

/** Every step: what its action does, and what becomes of it on each platform. */
export function DocumentSteps({ steps }: { steps: readonly StepReport[] }) {
  return (
    <Panel title="Steps" padding="flush" aside={countText(steps.length)}>
      <PanelRows label="Steps, in their order">
        {steps.map((step, position) => (
          <PanelRow key={step.name}>
            <span className={documentClasses.number}>{position + 1}</span>
            <div className={classes.stepWords}>
              <span className={documentClasses.step}>
                <strong className="hf-cut">{step.name}</strong>
                <code className="hf-soft">{step.action}</code>
                {step.canCheck && <Mark tone="run">Can check</Mark>}
              </span>
              {step.purpose !== null && <span className="hf-soft">{step.purpose}</span>}
              <Fates step={step} />
            </div>
          </PanelRow>
        ))}
      </PanelRows>
    </Panel>
  );
}

function Fates({ step: { fates } }: { step: StepReport }) {
  if (fates.length === 0) return null;
  return (
    <dl className={classes.fates}>
      {fates.map(({ platform, fate }) => (
        <div key={platform} className={classes.fate}>
          <dt>{platformText([platform])}</dt>
          <dd>
            <FateBadge fate={fate} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
