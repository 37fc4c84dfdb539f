-- Inventory: one item for each type on each node, and its entries. What many nodes have alike (an application in one version, a service)
-- is one value, kept once, so that a fleet is searched by its few values and not by its millions of entries.

CREATE TABLE inventoryItem (
  itemNumber INTEGER NOT NULL PRIMARY KEY,
  nodeId TEXT NOT NULL REFERENCES managedNode,
  typeName TEXT NOT NULL,
  schemaVersion TEXT NOT NULL,
  captureTime TEXT NOT NULL, -- by the node's clock
  receivedAt TEXT NOT NULL,  -- by ours: when the node said last that it is so
  contentHash TEXT,
  bytes INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  isGone INTEGER NOT NULL,   -- its node was deregistered
  UNIQUE (nodeId, typeName)
) STRICT;
CREATE INDEX inventoryItemByType ON inventoryItem (typeName, isGone, nodeId);

CREATE TABLE inventoryValue (
  valueNumber INTEGER NOT NULL PRIMARY KEY,
  typeName TEXT NOT NULL,
  hash TEXT NOT NULL,
  content TEXT NOT NULL,
  uses INTEGER NOT NULL,     -- entries of registered nodes; kept by the triggers below
  UNIQUE (typeName, hash)
) STRICT;

-- `own` is what of an entry differs from node to node although it is the same thing, such as when an application was installed.
CREATE TABLE inventoryEntry (
  itemNumber INTEGER NOT NULL REFERENCES inventoryItem,
  valueNumber INTEGER NOT NULL REFERENCES inventoryValue,
  own TEXT NOT NULL,
  PRIMARY KEY (itemNumber, valueNumber, own)
) STRICT, WITHOUT ROWID;
CREATE INDEX inventoryEntryByValue ON inventoryEntry (valueNumber, itemNumber);

-- Values of the type AWS:Application, by the name as a search compares it.
CREATE TABLE inventoryApplication (
  valueNumber INTEGER NOT NULL PRIMARY KEY REFERENCES inventoryValue ON DELETE CASCADE,
  nameFolded TEXT NOT NULL
) STRICT;
CREATE INDEX inventoryApplicationByName ON inventoryApplication (nameFolded);

CREATE TRIGGER inventoryEntryAdded AFTER INSERT ON inventoryEntry BEGIN
  UPDATE inventoryValue SET uses = uses + 1 WHERE valueNumber = new.valueNumber;
END;

CREATE TRIGGER inventoryEntryRemoved AFTER DELETE ON inventoryEntry BEGIN
  UPDATE inventoryValue SET uses = uses - 1
  WHERE valueNumber = old.valueNumber AND NOT EXISTS (SELECT 1 FROM inventoryItem WHERE itemNumber = old.itemNumber AND isGone = 1);
END;

CREATE TRIGGER inventoryItemGone AFTER UPDATE OF isGone ON inventoryItem WHEN new.isGone = 1 AND old.isGone = 0 BEGIN
  UPDATE inventoryValue SET uses = uses - (
    SELECT count(*) FROM inventoryEntry AS entry WHERE entry.valueNumber = inventoryValue.valueNumber AND entry.itemNumber = new.itemNumber)
  WHERE valueNumber IN (SELECT valueNumber FROM inventoryEntry WHERE itemNumber = new.itemNumber);
END;

-- Types of a site's own: at most a few. Items of a disabled version, and of older ones, are not taken any more.
CREATE TABLE inventoryCustomType (
  typeName TEXT NOT NULL PRIMARY KEY,
  schemaVersion TEXT NOT NULL,
  disabledVersion TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE inventoryDeletion (
  deletionId TEXT NOT NULL PRIMARY KEY,
  typeName TEXT NOT NULL,
  startedAt TEXT NOT NULL,
  summary TEXT NOT NULL
) STRICT, WITHOUT ROWID;
