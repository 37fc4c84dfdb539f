import type { ParameterDetail } from '../../electron/api/parameters.ts';
import { levelsAbove } from '../../electron/domain/parameter.ts';
import { address } from '../routes.ts';
import { At } from '../ui/age.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import type { Fact } from '../ui/key-value.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { Panel } from '../ui/panel.tsx';
import { referenceTo, referenceWords } from './parameter-words.ts';
import classes from './parameters.module.css';

function factsOf(parameter: ParameterDetail): Fact[] {
  const { name, type, version, allowedPattern, createdAt, lastModifiedAt } = parameter;
  const level = levelsAbove(name).at(-1);
  return [
    { label: 'Type', value: type },
    { label: 'Version', value: version },
    ...(level === undefined ? [] : [{ label: 'Level', value: <a href={address.parameters({ path: level })}>{level}</a> }]),
    ...(allowedPattern === null ? [] : [{ label: 'Allowed pattern', value: <code>{allowedPattern}</code> }]),
    { label: 'Last changed', value: <At at={lastModifiedAt} /> },
    { label: 'Created', value: <At at={createdAt} /> },
  ];
}

export function ParameterFacts({ parameter }: { parameter: ParameterDetail }) {
  const reference = referenceTo(parameter);
  return (
    <>
      <Panel title="Refer to it">
        <div className={classes.stack}>
          <span className={classes.reference}>
            <code>{reference}</code>
            <CopyButton text={reference} what="the reference" />
          </span>
          <p className="hf-faint">{referenceWords[parameter.type]}</p>
        </div>
      </Panel>
      <Panel title="About">
        <KeyValue facts={factsOf(parameter)} />
      </Panel>
    </>
  );
}
