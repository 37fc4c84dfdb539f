import { create } from 'zustand';
import type { ComplianceFilter } from '../client/compliance-calls.ts';

interface RemedyRequest {
  /** What somebody wants to have made compliant, and what that question says; null while nothing is asked. */
  asked: { filter: ComplianceFilter; title: string } | null;
}

export const useRemedyRequest = create<RemedyRequest>(() => ({ asked: null }));

/** Applies again what is not compliant of `filter`, from wherever it is asked, after a last look. */
export const remedy = (filter: ComplianceFilter, title: string): void => useRemedyRequest.setState({ asked: { filter, title } });

export const dropRemedyRequest = (): void => useRemedyRequest.setState({ asked: null });
