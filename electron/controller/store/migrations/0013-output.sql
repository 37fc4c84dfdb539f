-- How much output and history this site keeps.
ALTER TABLE site ADD COLUMN outputQuotaBytes INTEGER NOT NULL DEFAULT 5368709120;
ALTER TABLE site ADD COLUMN outputDays INTEGER NOT NULL DEFAULT 90;
ALTER TABLE site ADD COLUMN streamCapBytes INTEGER NOT NULL DEFAULT 268435456;
ALTER TABLE site ADD COLUMN complianceDays INTEGER NOT NULL DEFAULT 400;

-- Output that was here and was let go: what came before is said where it was, what comes late is not kept any more.
CREATE TABLE droppedOutput (
  executionId TEXT NOT NULL,
  nodeId TEXT NOT NULL, -- empty: of all its nodes
  at TEXT NOT NULL,
  because TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (executionId, nodeId)
) STRICT, WITHOUT ROWID;

-- Stores and folders that output is copied to, by the name that OutputS3BucketName has. The secret is sealed.
CREATE TABLE outputDestination (
  name TEXT NOT NULL PRIMARY KEY,
  destination TEXT NOT NULL,
  secret TEXT
) STRICT, WITHOUT ROWID;

-- One target's output on its way to where its association wants it.
CREATE TABLE outputCopy (
  executionId TEXT NOT NULL,
  nodeId TEXT NOT NULL,
  status TEXT NOT NULL,
  tries INTEGER NOT NULL,
  dueAt TEXT,
  enqueuedAt TEXT NOT NULL,
  outputUrl TEXT,
  problem TEXT,
  PRIMARY KEY (executionId, nodeId)
) STRICT, WITHOUT ROWID;
CREATE INDEX outputCopyByDue ON outputCopy (dueAt) WHERE status = 'Waiting';
