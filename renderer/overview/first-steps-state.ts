import type { Overview } from '../../electron/api/site.ts';

export interface FirstStep {
  key: string;
  title: string;
  words: string;
  isDone: boolean;
}

/** From a fresh start to the first result. Each step is done when the site shows that it is, not when somebody says so. */
export function firstSteps({ nodes, associations }: Pick<Overview, 'nodes' | 'associations'>): FirstStep[] {
  return [
    {
      key: 'local',
      title: 'This computer is connected',
      words: 'Its own agent is enrolled and started by itself; it is the first machine.',
      isDone: nodes.online > 0,
    },
    {
      key: 'machine',
      title: 'Add another machine',
      words: 'Make an activation and run one line there, or start the sample lab to try it here.',
      isDone: nodes.total > 1,
    },
    {
      key: 'association',
      title: 'Save an association',
      words: 'Say which document is kept applied to which machines; the preview shows what will happen first.',
      isDone: associations.total > 0,
    },
    {
      key: 'result',
      title: 'See it applied',
      words: 'Its execution shows every machine, every step and the output, live. With the first success this list goes.',
      isDone: false,
    },
  ];
}
