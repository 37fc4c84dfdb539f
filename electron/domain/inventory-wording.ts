/** The part of the faults' wording that is about inventory. Codes are the SSM API's error names. */
export const inventoryWording = {
  InvalidTypeNameException: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'GetInventorySchema lists the types; one of your own is named Custom: and a name.',
  }),
  ItemContentMismatchException: (f: { typeName: string }) => ({
    title: `What is stored of ${f.typeName} has another content hash.`,
    remedy: 'Send the content of that type with its hash.',
  }),
  CustomSchemaCountLimitExceededException: (f: { limit: number }) => ({
    title: `There are ${f.limit} custom inventory types already, which is the limit.`,
    remedy: 'Use one of them, or delete one that is no longer needed with DeleteInventory.',
  }),
  UnsupportedInventorySchemaVersionException: (f: { typeName: string; version: string; supported: string }) => ({
    title: `${f.typeName} has the schema version ${f.supported}; this item has ${f.version}.`,
    remedy: 'Send the item in that version.',
  }),
  UnsupportedInventoryItemContextException: (f: { typeName: string }) => ({
    title: `Items of type ${f.typeName} have no Context.`,
    remedy: 'Leave the Context out.',
  }),
  InvalidInventoryGroupException: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Give each group a name of its own and 1 to 5 filters.',
  }),
  InvalidAggregatorException: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Write a type and one of its attributes, as in AWS:InstanceInformation.PlatformType.',
  }),
  InvalidDeleteInventoryParametersException: (f: { problem: string }) => ({
    title: f.problem,
    remedy: 'Name a custom type that has inventory.',
  }),
  InvalidDeletionIdException: (f: { deletionId: string }) => ({
    title: `There is no deletion of inventory ${f.deletionId}.`,
    remedy: 'Leave the id out to list them all.',
  }),
};
