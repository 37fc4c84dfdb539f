const CUSTOM = 'Custom:';

const labels: Readonly<Record<string, string>> = {
  'AWS:Application': 'Applications',
  'AWS:AWSComponent': 'Holdfast',
  'AWS:BillingInfo': 'Billing',
  'AWS:File': 'Files',
  'AWS:InstanceDetailedInformation': 'Hardware',
  'AWS:Network': 'Network',
  'AWS:PatchCompliance': 'Patches',
  'AWS:PatchSummary': 'Patch summary',
  'AWS:Process': 'Processes',
  'AWS:Service': 'Services',
  'AWS:WindowsRegistry': 'Registry',
  'AWS:WindowsRole': 'Windows roles',
  'AWS:WindowsUpdate': 'Windows updates',
};

/** What people look for first; types of a site's own come after these, and what Holdfast has there last. */
const order: readonly string[] = ['AWS:Application', 'AWS:Service', 'AWS:Network', 'AWS:InstanceDetailedInformation', 'AWS:File'];

const rank = (typeName: string): number => {
  const place = order.indexOf(typeName);
  if (place >= 0) return place;
  return typeName === 'AWS:AWSComponent' ? order.length + 1 : order.length;
};

export const byInterest = (a: { typeName: string }, b: { typeName: string }): number =>
  rank(a.typeName) - rank(b.typeName) || (inventoryTypeText(a.typeName) < inventoryTypeText(b.typeName) ? -1 : 1);

/** What a type of inventory is about, in a word. */
export function inventoryTypeText(typeName: string): string {
  if (typeName.startsWith(CUSTOM)) return typeName.slice(CUSTOM.length);
  return (Object.hasOwn(labels, typeName) ? labels[typeName] : undefined) ?? typeName;
}
