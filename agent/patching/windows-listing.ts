import * as z from 'zod';
import type { Patch } from './patch.ts';

/** What the script below prints of each update, by the Windows Update Agent's own names. */
const WindowsUpdate = z.object({
  UpdateID: z.string(),
  KB: z.array(z.string()),
  Title: z.string(),
  MsrcSeverity: z.string(),
  Categories: z.array(z.object({ Type: z.string(), Name: z.string() })),
  LastDeploymentChangeTime: z.string(),
  CveIDs: z.array(z.string()),
  IsInstalled: z.boolean(),
  InstalledAt: z.string(),
});

export const WindowsUpdates = z.object({ RebootRequired: z.boolean(), Updates: z.array(WindowsUpdate) });
export type WindowsUpdates = z.infer<typeof WindowsUpdates>;

/** Windows' words for what SSM calls a classification: `Security Updates` is SecurityUpdates. */
const joined = (name: string): string => name.replaceAll(' ', '');

/** What Windows Update has for this computer and what it has installed. There is no version: an update is there or it is not. */
export function windowsPatches({ Updates }: WindowsUpdates): Patch[] {
  return Updates.map((update): Patch => {
    const named = (type: string) => update.Categories.filter(({ Type }) => Type === type).map(({ Name }) => Name);
    const classification = joined(named('UpdateClassification')[0] ?? 'Updates');
    const kbs = update.KB.map((number) => `KB${number}`);
    return {
      id: kbs[0] ?? update.UpdateID,
      title: update.Title,
      installed: update.IsInstalled ? update.UpdateID : null,
      wanted: update.IsInstalled ? null : update.UpdateID,
      attributes: {
        PRODUCT: named('Product'),
        PRODUCT_FAMILY: named('ProductFamily'),
        CLASSIFICATION: [classification],
        MSRC_SEVERITY: [update.MsrcSeverity === '' ? 'Unspecified' : update.MsrcSeverity],
        SEVERITY: [update.MsrcSeverity],
        PATCH_ID: kbs,
        CVE_ID: update.CveIDs,
      },
      classification,
      severity: update.MsrcSeverity === '' ? 'Unspecified' : update.MsrcSeverity,
      // There is no other source: what a rule takes, it says by classification.
      isSecurity: true,
      releasedAt: dateOf(update.LastDeploymentChangeTime),
      installedAt: dateOf(update.InstalledAt),
      isHeld: false,
      names: [...kbs, ...update.KB, update.UpdateID, ...update.CveIDs],
    };
  });
}

function dateOf(text: string): Date | null {
  const date = new Date(text);
  return text === '' || Number.isNaN(date.getTime()) ? null : date;
}
