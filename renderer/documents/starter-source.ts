import type { SourceFormat } from '../../agent/document/located-problem.ts';
import type { DocumentFormat } from '../../electron/domain/managed-document.ts';

const YAML = `schemaVersion: "2.2"
description: Says hello on every machine. Replace this with what it does.
parameters:
  greeting:
    type: String
    description: (Optional) What is said.
    default: Hello
    interpolationType: ENV_VAR
mainSteps:
  - action: aws:runShellScript
    name: sayHello
    precondition:
      StringEquals:
        - platformType
        - Linux
    inputs:
      timeoutSeconds: "60"
      runCommand:
        - echo "{{ greeting }} from $(hostname)"
`;

const JSON_TEXT = `{
  "schemaVersion": "2.2",
  "description": "Says hello on every machine. Replace this with what it does.",
  "parameters": {
    "greeting": {
      "type": "String",
      "description": "(Optional) What is said.",
      "default": "Hello",
      "interpolationType": "ENV_VAR"
    }
  },
  "mainSteps": [
    {
      "action": "aws:runShellScript",
      "name": "sayHello",
      "precondition": { "StringEquals": ["platformType", "Linux"] },
      "inputs": {
        "timeoutSeconds": "60",
        "runCommand": ["echo \\"{{ greeting }} from $(hostname)\\""]
      }
    }
  ]
}
`;

const starters: Record<SourceFormat, string> = { YAML, JSON: JSON_TEXT };

/** A document that works as it is, to begin a new one from. */
export const starterSource = (format: SourceFormat): string => starters[format];

/** What the source becomes when its format is chosen anew: an untouched example changes its language, what somebody wrote stays. */
export function sourceAfterFormat(content: string, format: DocumentFormat): string {
  const isUntouched = content.trim() === '' || Object.values(starters).includes(content);
  return isUntouched && format !== 'TEXT' ? starterSource(format) : content;
}
