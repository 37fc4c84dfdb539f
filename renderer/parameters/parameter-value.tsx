import { Button } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import type { ParameterDetail } from '../../electron/api/parameters.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Panel } from '../ui/panel.tsx';
import { Hidden } from './hidden.tsx';
import classes from './parameters.module.css';
import { useReveal } from './use-reveal.ts';

export function ParameterValue({ parameter }: { parameter: ParameterDetail }) {
  const { value, type } = parameter;
  if (value === null) return <Secret parameter={parameter} />;
  return (
    <Panel title="Value" padding="flush" aside={<CopyButton text={value} what="the value" />}>
      {type === 'StringList' && (
        <div className={classes.items}>
          {value.split(',').map((item, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have nothing else, and do not move
            <code key={position}>{item}</code>
          ))}
        </div>
      )}
      {type === 'String' && <ValueText text={value} />}
    </Panel>
  );
}

/** Its value came with nothing so far: it is asked for by itself. */
function Secret({ parameter: { name, version } }: { parameter: ParameterDetail }) {
  const reveal = useReveal(name, version);
  const aside =
    reveal.shown === null ? (
      <Button size="compact-sm" leftSection={<IconEye size={14} aria-hidden />} loading={reveal.isPending} onClick={reveal.show}>
        Reveal
      </Button>
    ) : (
      <span className={classes.aside}>
        <CopyButton text={reveal.shown} what="the secret" />
        <Button size="compact-sm" leftSection={<IconEyeOff size={14} aria-hidden />} onClick={reveal.hide}>
          Hide
        </Button>
      </span>
    );
  return (
    <Panel title="Value" padding="flush" aside={aside}>
      {reveal.shown === null ? (
        <p className={classes.value}>
          <Hidden />
        </p>
      ) : (
        <ValueText text={reveal.shown} />
      )}
      <p className={`${classes.foot} hf-faint`}>Kept encrypted. That somebody looked at it is written into the controller’s log.</p>
    </Panel>
  );
}

function ValueText({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.value} aria-label="The value" tabIndex={0}>
      {text}
    </section>
  );
}
