import type { AssociationRow } from '../../electron/api/associations.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import type { VersionLook } from '../routes.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { SplitPane } from '../ui/split-pane.tsx';
import { VersionDetail } from './version-detail.tsx';
import { VersionList } from './version-list.tsx';

/** Every version, newest first; and one of them, beside another or by itself. */
export function AssociationVersions({ association, look }: { association: AssociationRow; look: VersionLook }) {
  const versions = useCall(calls.associations.versions(association.associationId));
  if (versions.status === 'loading') return <SkeletonLines lines={6} />;
  if (versions.status === 'fault') return <FaultNotice fault={versions.fault} />;
  const newestFirst = [...versions.answer].sort((a, b) => b.associationVersion - a.associationVersion);
  const shown = newestFirst.find(({ associationVersion }) => associationVersion === look.version) ?? newestFirst[0];
  if (shown === undefined) return null;
  return (
    <SplitPane
      sideAt="start"
      sideLabel="Versions"
      side={<VersionList association={association} versions={newestFirst} shown={shown.associationVersion} />}
    >
      <VersionDetail key={shown.associationVersion} association={association} versions={newestFirst} shown={shown} look={look} />
    </SplitPane>
  );
}
