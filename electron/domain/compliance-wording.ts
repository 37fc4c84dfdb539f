/** The part of the faults' wording that is about compliance. Codes are the SSM API's error names where it has one. */
export const complianceWording = {
  InvalidItemContentException: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Correct that item, then put them all again: nothing was stored.',
  }),
  ItemSizeLimitExceededException: (f: { complianceType: string; bytes: number; limit: number }) => ({
    title: `The items of type ${f.complianceType} would be ${f.bytes} bytes on this node; ${f.limit} are allowed.`,
    remedy: 'Shorten their Details, or put fewer items. Nothing was stored.',
  }),
  TotalSizeLimitExceededException: (f: { bytes: number; limit: number }) => ({
    title: `The items of this node would be ${f.bytes} bytes; ${f.limit} are allowed.`,
    remedy: 'Put fewer or shorter items, or empty a type that is no longer needed. Nothing was stored.',
  }),
  ComplianceTypeCountLimitExceededException: (f: { limit: number }) => ({
    title: `This node has ${f.limit} custom compliance types already, which is the limit.`,
    remedy: 'Use one of them, or put an empty complete list for one that is no longer needed.',
  }),
  InvalidFilter: (f: { problem: string }) => ({ title: f.problem, remedy: 'Correct that filter, or leave it out.' }),
  'E-NOTHING-TO-REMEDY': (f: { because: string }) => ({
    title: f.because,
    remedy: 'An association is applied again on the nodes where it failed. Whoever puts items of another type has to put them again.',
  }),
};
