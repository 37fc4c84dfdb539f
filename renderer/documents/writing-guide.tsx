import type { SourceFormat } from '../../agent/document/located-problem.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Panel } from '../ui/panel.tsx';
import classes from './editor.module.css';

interface Example {
  title: string;
  words: string;
  source: Record<SourceFormat, string>;
}

const examples: readonly Example[] = [
  {
    title: 'A shell step',
    words: 'Runs on Linux and macOS. Exit code 0 is success; everything else makes the step fail.',
    source: {
      YAML: `- action: aws:runShellScript
  name: restartService
  inputs:
    timeoutSeconds: "120"
    runCommand:
      - systemctl restart {{ service }}`,
      JSON: `{
  "action": "aws:runShellScript",
  "name": "restartService",
  "inputs": {
    "timeoutSeconds": "120",
    "runCommand": ["systemctl restart {{ service }}"]
  }
}`,
    },
  },
  {
    title: 'A PowerShell step, only on Windows',
    words: 'A precondition skips a step where it is not met.',
    source: {
      YAML: `- action: aws:runPowerShellScript
  name: restartServiceWindows
  precondition:
    StringEquals:
      - platformType
      - Windows
  inputs:
    runCommand:
      - Restart-Service {{ service }}`,
      JSON: `{
  "action": "aws:runPowerShellScript",
  "name": "restartServiceWindows",
  "precondition": {
    "StringEquals": ["platformType", "Windows"]
  },
  "inputs": {
    "runCommand": ["Restart-Service {{ service }}"]
  }
}`,
    },
  },
  {
    title: 'A parameter',
    words:
      'Without a default, every association has to give it. ENV_VAR hands it to the script as a variable, so that nothing in it is run.',
    source: {
      YAML: `service:
  type: String
  description: The service to restart.
  allowedPattern: ^[A-Za-z0-9_.@-]+$
  interpolationType: ENV_VAR`,
      JSON: `"service": {
  "type": "String",
  "description": "The service to restart.",
  "allowedPattern": "^[A-Za-z0-9_.@-]+$",
  "interpolationType": "ENV_VAR"
}`,
    },
  },
];

/** What a document is made of, beside the source that is being written. */
export function WritingGuide({ format }: { format: SourceFormat }) {
  return (
    <Panel title="How a document is written">
      <div className={classes.guide}>
        <p>
          A document has <code>schemaVersion</code> “2.2”, <code>parameters</code> that associations give, and <code>mainSteps</code> that
          run one after the other. A parameter is put in with <code>{'{{ name }}'}</code>.
        </p>
        {examples.map(({ title, words, source }) => (
          <section key={title} className={classes.example} aria-label={title}>
            <div className={classes.exampleHead}>
              <h3 className={classes.label}>{title}</h3>
              <CopyButton text={source[format]} what={`example: ${title}`} />
            </div>
            <p className="hf-soft">{words}</p>
            <pre className={classes.exampleSource}>{source[format]}</pre>
          </section>
        ))}
      </div>
    </Panel>
  );
}
