import { AssociationPage } from '../associations/association-page.tsx';
import { AssociationsPage } from '../associations/associations-page.tsx';
import { EditAssociationPage } from '../associations/edit-association-page.tsx';
import { ImportAssociationPage } from '../associations/import-association-page.tsx';
import { NewAssociationPage } from '../associations/new-association-page.tsx';
import { CalendarPage } from '../calendars/calendar-page.tsx';
import { CalendarsPage } from '../calendars/calendars-page.tsx';
import { ComplianceItemPage } from '../compliance/compliance-item-page.tsx';
import { CompliancePage } from '../compliance/compliance-page.tsx';
import { PutCompliancePage } from '../compliance/put-compliance-page.tsx';
import { DocumentPage } from '../documents/document-page.tsx';
import { DocumentsPage } from '../documents/documents-page.tsx';
import { EditDocumentPage } from '../documents/edit-document-page.tsx';
import { NewDocumentPage } from '../documents/new-document-page.tsx';
import { ExecutionPage } from '../executions/execution-page.tsx';
import { ExecutionsPage } from '../executions/executions-page.tsx';
import { EditGroupPage } from '../groups/edit-group-page.tsx';
import { GroupPage } from '../groups/group-page.tsx';
import { GroupsPage } from '../groups/groups-page.tsx';
import { NewGroupPage } from '../groups/new-group-page.tsx';
import { InventoryPage } from '../inventory/inventory-page.tsx';
import { NodeInventoryPage } from '../nodes/node-inventory-page.tsx';
import { NodePage } from '../nodes/node-page.tsx';
import { NodesPage } from '../nodes/nodes-page.tsx';
import { OverviewPage } from '../overview/overview-page.tsx';
import { PackagePage } from '../packages/package-page.tsx';
import { PackagesPage } from '../packages/packages-page.tsx';
import { ParameterPage } from '../parameters/parameter-page.tsx';
import { ParametersPage } from '../parameters/parameters-page.tsx';
import type { Route } from '../routes.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { ShortcutTable } from './shortcut-table.tsx';

/** The screen of an address. The `key` makes another thing another screen: nothing of one shows on the other. */
export function Screen({ route }: { route: Route }) {
  switch (route.page) {
    case 'overview':
      return <OverviewPage />;
    case 'nodes':
      return <NodesPage {...route} />;
    case 'node':
      return <NodePage key={route.nodeId} {...route} />;
    case 'node-inventory':
      return <NodeInventoryPage key={route.nodeId} {...route} />;
    case 'groups':
      return <GroupsPage search={route.search} />;
    case 'group':
      return <GroupPage key={route.name} name={route.name} />;
    case 'new-group':
      return <NewGroupPage key={route.from} from={route.from} />;
    case 'edit-group':
      return <EditGroupPage key={route.name} name={route.name} />;
    case 'associations':
      return <AssociationsPage {...route} />;
    case 'association':
      return <AssociationPage key={route.associationId} {...route} />;
    case 'new-association':
      return <NewAssociationPage key={JSON.stringify(route)} {...route} />;
    case 'import-association':
      return <ImportAssociationPage />;
    case 'edit-association':
      return (
        <EditAssociationPage key={`${route.associationId} ${route.restore}`} associationId={route.associationId} restore={route.restore} />
      );
    case 'executions':
      return <ExecutionsPage {...route} />;
    case 'execution':
      return <ExecutionPage key={route.executionId} {...route} />;
    case 'documents':
      return <DocumentsPage />;
    case 'document':
      return <DocumentPage key={route.name} name={route.name} version={route.version} />;
    case 'new-document':
      return <NewDocumentPage key={route.from} from={route.from} />;
    case 'edit-document':
      return <EditDocumentPage key={route.name} name={route.name} />;
    case 'calendars':
      return <CalendarsPage opened={route.opened} />;
    case 'calendar':
      return <CalendarPage key={route.name} name={route.name} month={route.month} />;
    case 'packages':
      return <PackagesPage adding={route.adding} />;
    case 'package':
      return <PackagePage key={route.name} name={route.name} />;
    case 'parameters':
      return <ParametersPage {...route} />;
    case 'parameter':
      return <ParameterPage key={route.name} name={route.name} />;
    case 'compliance':
      return <CompliancePage {...route} />;
    case 'compliance-item':
      return <ComplianceItemPage key={`${route.nodeId} ${route.complianceType} ${route.itemId}`} {...route} />;
    case 'put-compliance':
      return <PutCompliancePage {...route} />;
    case 'inventory':
      return <InventoryPage {...route} />;
    case 'settings':
      return <SettingsPage shortcuts={<ShortcutTable />} />;
    case 'unknown':
      return <NotFoundScreen />;
  }
}
