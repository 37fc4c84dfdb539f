import { useState } from 'react';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { dropGuard, goTo } from '../ui/address.ts';
import { tellDone } from '../ui/toast.tsx';

const PUT = 'PutComplianceItems';

/** Puts items in the API's own words, then shows them. */
export function usePut() {
  const [isStored, setStored] = useState(false);
  const put = useAction((client, request: object) => client.ssm.call({ operation: PUT, request }));
  const run = async (request: object, shown: { node: string; type: string }): Promise<void> => {
    const outcome = await put.run(request);
    if (!outcome.ok) return;
    tellDone('The items are stored.');
    setStored(true);
    dropGuard();
    goTo(address.compliance(shown));
  };
  /** Leaving loses nothing: it is stored, or on its way. */
  const isSafe = isStored || put.isPending;
  return { run, isSafe, isPending: put.isPending, fault: put.fault, clear: put.clear };
}
