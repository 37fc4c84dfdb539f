import type { StarterDocument } from './starter-document.ts';

const APPLY_CHEF_RECIPES = `schemaVersion: "2.2"
description: Fetches Chef cookbooks to nodes and runs recipes there, with the chef-client or cinc-client that the node has. In Audit mode, and with WhyRun, it only says what would change. Each resource is a compliance item.
parameters:
  SourceType:
    type: String
    description: (Required) Where the cookbooks come from. A Git server, a web server or an S3-compatible store of the lab.
    allowedValues: [GitHub, Git, HTTP, S3]
  SourceInfo:
    type: StringMap
    description: (Required) What aws:downloadContent needs to fetch them; for HTTP a url, for Git a repository, for S3 a path.
    default: {}
    displayType: textarea
  RunList:
    type: String
    description: (Required) Recipes and roles with commas between, as recipe[web::site],role[base].
    maxChars: 4096
  JsonAttributesContent:
    type: String
    description: (Optional) Attributes of the node, as a JSON map.
    default: ""
    displayType: textarea
    maxChars: 262144
  ChefClientVersion:
    type: String
    description: (Optional) Accepted for associations that are kept from elsewhere; the client that is on the node is used.
    allowedValues: ["11", "12", "13", "14", "15", None]
    default: "15"
  ChefClientArguments:
    type: String
    description: (Optional) More options for the client. -l, -E, --chef-license and --named-run-list, each with its value.
    default: ""
    maxChars: 1024
  WhyRun:
    type: String
    description: (Optional) True says what would change, and changes nothing.
    allowedValues: ["True", "False"]
    default: "False"
  ComplianceSeverity:
    type: String
    description: (Optional) The severity of the compliance items.
    allowedValues: [None, Critical, High, Medium, Low, Informational, Unspecified]
    default: None
  ComplianceType:
    type: String
    description: (Optional) The type of the compliance items.
    default: Custom:Chef
    allowedPattern: ^Custom:[A-Za-z0-9_.-]{1,93}$
  ComplianceReportBucket:
    type: String
    description: (Optional) Accepted for associations that are kept from elsewhere; the report is the step's output.
    default: ""
    maxChars: 256
mainSteps:
  - action: holdfast:chefRecipes
    name: chefRecipes
    inputs:
      sourceType: "{{ SourceType }}"
      sourceInfo: "{{ SourceInfo }}"
      runList: "{{ RunList }}"
      jsonAttributesContent: "{{ JsonAttributesContent }}"
      chefClientArguments: "{{ ChefClientArguments }}"
      whyRun: "{{ WhyRun }}"
      complianceSeverity: "{{ ComplianceSeverity }}"
      complianceType: "{{ ComplianceType }}"
`;

export const chefDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-ApplyChefRecipes', content: APPLY_CHEF_RECIPES, aliases: ['AWS-ApplyChefRecipes'] },
];
