import type { Answer, Backend, Call } from '../../../agent/desired-state/plan.ts';

/** What a program has printed, on its standard output where nothing else is said. */
export const anAnswer = (stdout: string, more: Partial<Answer> = {}): Answer => ({ exitCode: 0, stdout, stderr: '', ...more });

export const aCommandLine = ({ program, argumentList }: Call): string => [program, ...argumentList].join(' ');

/** What a backend would do on a node whose programs answered so. */
export function planned<Inputs>(backend: Backend<Inputs>, inputs: Inputs, answers: readonly (string | Answer)[]) {
  const { changes, calls, refusal } = backend.plan(
    inputs,
    answers.map((answer) => (typeof answer === 'string' ? anAnswer(answer) : answer)),
  );
  return {
    changes: changes.map(({ property, before, after }) => `${property}: ${before} → ${after}`),
    calls: calls.map(aCommandLine),
    ...(refusal === undefined ? {} : { refusal: refusal.message }),
  };
}
