/** What each action does, for those who choose one or read a document that has it. */
const purposes: Readonly<Record<string, string>> = {
  'aws:applications': 'Installs, repairs or removes an MSI package on Windows.',
  'aws:cloudWatch': 'Sends counters and logs of Windows to Amazon CloudWatch. Retired.',
  'aws:configureDocker': 'Installs or removes Docker on old Windows servers. Retired.',
  'aws:configurePackage': 'Installs, updates or removes a package of the site’s package store.',
  'aws:domainJoin': 'Joins the machine to an Active Directory domain.',
  'aws:downloadContent': 'Fetches files over HTTP, from Git, from a store like S3, or another document.',
  'aws:psModule': 'Installs a PowerShell module and runs commands of it.',
  'aws:refreshAssociation': 'Applies the associations of this node now.',
  'aws:runDockerAction': 'Runs a command of Docker or Podman: containers and images.',
  'aws:runDocument': 'Runs another document in the place of this step.',
  'aws:runPowerShellScript': 'Runs lines of PowerShell as one script.',
  'aws:runShellScript': 'Runs lines of shell as one script.',
  'aws:softwareInventory': 'Collects what is installed and how the machine is set up.',
  'aws:updateAgent': 'Updates the EC2Config service of old Windows images. Retired.',
  'aws:updateSsmAgent': 'Updates the agent on the machine.',
  'holdfast:ansiblePlaybook': 'Runs an Ansible playbook on the machine itself, or says what it would change.',
  'holdfast:chefRecipes': 'Runs Chef recipes on the machine itself, or says what they would change.',
  'holdfast:dscMofs': 'Applies PowerShell DSC configurations, or says what differs from them.',
  'holdfast:file': 'Keeps a file with this content, owner and mode, or absent.',
  'holdfast:firewallPort': 'Keeps a port open or closed in the machine’s firewall.',
  'holdfast:networkSetting': 'Keeps host name, DNS, NTP or a static address, and goes back when the controller is lost by it.',
  'holdfast:package': 'Keeps a package of the system installed, newest or absent.',
  'holdfast:patchBaseline': 'Scans for missing updates, or installs those that a baseline approves.',
  'holdfast:service': 'Keeps a service running or stopped, and enabled or not.',
  'holdfast:user': 'Keeps a user account as it shall be, or absent.',
};

/** Null for an action that is not known. */
export const purposeOf = (action: string): string | null => (Object.hasOwn(purposes, action) ? (purposes[action] ?? null) : null);

/** What a step takes from the controller while it runs, as the end of “It needs the controller: it …”; null where nothing. */
export function controllerNeed(action: string, inputs: Readonly<Record<string, unknown>>): string | null {
  switch (action) {
    case 'aws:configurePackage':
      return 'takes the package from the site’s package store';
    case 'aws:softwareInventory':
      return 'hands over what it finds';
    case 'aws:refreshAssociation':
      return 'asks for the associations to be applied';
    case 'aws:updateSsmAgent':
      return 'takes the agent’s new version from the site';
    case 'aws:downloadContent':
      return inputs.sourceType === 'SSMDocument' ? 'takes the document from the site' : null;
    case 'aws:runDocument':
      return inputs.documentType === 'SSMDocument' ? 'takes the document from the site' : null;
    default:
      return null;
  }
}

/** A program that has to be on the node, which a node of that platform does not have by itself. */
export function programNeed(
  action: string,
): { readonly program: string; readonly platforms: readonly ('Linux' | 'MacOS' | 'Windows')[] } | null {
  switch (action) {
    case 'aws:runPowerShellScript':
      return { program: 'PowerShell (pwsh)', platforms: ['Linux', 'MacOS'] };
    case 'aws:runDockerAction':
      return { program: 'docker or podman', platforms: ['Linux', 'MacOS', 'Windows'] };
    default:
      return null;
  }
}
