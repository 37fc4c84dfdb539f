import { useState } from 'react';
import type { ParameterDraft } from '../../electron/domain/parameter.ts';
import { ParameterType, parameterProblems } from '../../electron/domain/parameter.ts';

export interface ParameterFields {
  draft: ParameterDraft;
  type: ParameterType;
  isValid: boolean;
  change(part: Partial<ParameterDraft>): void;
  /** Said once the field was touched: an empty form is no list of faults. */
  problemOf(field: keyof ParameterDraft): string | undefined;
}

export function useParameterFields(first: ParameterDraft): ParameterFields {
  const [draft, setDraft] = useState(first);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const problems = parameterProblems(draft);
  return {
    draft,
    type: ParameterType.catch('String').parse(draft.type),
    isValid: problems.length === 0,
    change(part) {
      setDraft((before) => ({ ...before, ...part }));
      setTouched((before) => new Set([...before, ...Object.keys(part)]));
    },
    problemOf: (field) => (touched.has(field) ? problems.find((problem) => problem.field === field)?.message : undefined),
  };
}
