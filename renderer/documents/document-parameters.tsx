import type { ParameterRow } from '../../electron/api/documents.ts';
import { countText } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { Mark } from '../ui/status-badge.tsx';
import classes from './documents.module.css';

export function DocumentParameters({ parameters }: { parameters: readonly ParameterRow[] }) {
  return (
    <Panel title="Parameters" padding="flush" aside={parameters.length === 0 ? undefined : countText(parameters.length)}>
      {parameters.length === 0 ? (
        <p className={classes.nothing}>This document takes no parameters.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.scroller} aria-label="Parameters of the document" tabIndex={0}>
          <table className={classes.parameters} aria-label="Parameters">
            <thead>
              <tr>
                <th scope="col">Parameter</th>
                <th scope="col">What it is</th>
                <th scope="col">Default</th>
                <th scope="col">Allowed</th>
              </tr>
            </thead>
            <tbody>
              {parameters.map((row) => (
                <Parameter key={row.name} parameter={row} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}

function Parameter({
  parameter: { name, type, required, description, defaultText, allowedValues, allowedPattern },
}: {
  parameter: ParameterRow;
}) {
  return (
    <tr>
      <th scope="row">
        <span className={classes.parameterName}>
          {name}
          {required && <Mark tone="warn">Required</Mark>}
        </span>
        <code className="hf-faint">{type}</code>
      </th>
      <td>{description === '' ? <span className="hf-faint">No description</span> : description}</td>
      <td>
        <Default text={defaultText} />
      </td>
      <td>
        <Allowed values={allowedValues} pattern={allowedPattern} />
      </td>
    </tr>
  );
}

function Default({ text }: { text: string | null }) {
  if (text === null) return <span className="hf-faint">None</span>;
  if (text === '') return <span className="hf-faint">Empty</span>;
  return <code className={classes.value}>{text}</code>;
}

function Allowed({ values, pattern }: { values: readonly string[] | null; pattern: string | null }) {
  if (values === null && pattern === null) return <span className="hf-faint">Anything</span>;
  return (
    <span className={classes.allowed}>
      {values?.map((value) => (
        <code key={value} className={classes.value}>
          {value}
        </code>
      ))}
      {pattern !== null && (
        <span>
          <span className="hf-faint">Like </span>
          <code className={classes.value}>{pattern}</code>
        </span>
      )}
    </span>
  );
}
