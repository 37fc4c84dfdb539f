import type { DocumentDetail } from '../../electron/api/documents.ts';
import { countText } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import classes from './documents.module.css';

export function DocumentSteps({ steps }: Pick<DocumentDetail, 'steps'>) {
  return (
    <Panel title="Steps" padding="flush" aside={countText(steps.length)}>
      <PanelRows label="Steps, in their order">
        {steps.map(({ name, action }, position) => (
          <PanelRow key={name}>
            <span className={classes.number}>{position + 1}</span>
            <span className={classes.step}>
              <strong className="hf-cut">{name}</strong>
              <code className="hf-soft">{action}</code>
            </span>
          </PanelRow>
        ))}
      </PanelRows>
    </Panel>
  );
}
