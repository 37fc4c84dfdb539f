-- Tables and columns are named as the domain names things, so a row needs no renaming on its way in or out.
-- Instants are ISO-8601 text in UTC (which sorts as text), booleans 0 or 1, composite values JSON text.

CREATE TABLE site (
  onlyRow INTEGER NOT NULL PRIMARY KEY CHECK (onlyRow = 1),
  siteId TEXT NOT NULL,
  siteName TEXT NOT NULL,
  createdAt TEXT NOT NULL
) STRICT;

CREATE TABLE activation (
  activationId TEXT NOT NULL PRIMARY KEY,
  description TEXT NOT NULL,
  defaultInstanceName TEXT,
  registrationLimit INTEGER NOT NULL,
  registrationsCount INTEGER NOT NULL,
  createdAt TEXT NOT NULL,
  expiresAt TEXT NOT NULL,
  tags TEXT NOT NULL,
  codeHash TEXT NOT NULL,
  deletedAt TEXT
) STRICT;

CREATE TABLE managedNode (
  nodeId TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  origin TEXT NOT NULL,
  activationId TEXT REFERENCES activation,
  agentVersion TEXT NOT NULL,
  platformType TEXT NOT NULL,
  platformName TEXT NOT NULL,
  platformVersion TEXT NOT NULL,
  architecture TEXT NOT NULL,
  computerName TEXT NOT NULL,
  ipAddress TEXT NOT NULL,
  tags TEXT NOT NULL,
  registeredAt TEXT NOT NULL,
  certificateExpiresAt TEXT NOT NULL,
  clockOffsetSeconds REAL,
  outboxDepth INTEGER NOT NULL,
  bootId TEXT,
  nameOrder TEXT NOT NULL,  -- the name as people sort it: without case, lab-2 before lab-10
  searchText TEXT NOT NULL, -- what a search looks through, in lower case
  deregisteredAt TEXT
) STRICT;
-- With its condition as a column, SQLite counts and lists from the index alone.
CREATE INDEX managedNodeByName ON managedNode (nameOrder, nodeId, deregisteredAt) WHERE deregisteredAt IS NULL;

-- What changes with every heartbeat, report and run, apart from the wide row of the node: a busy second rewrites few pages.
CREATE TABLE nodeContact (
  nodeId TEXT NOT NULL PRIMARY KEY REFERENCES managedNode,
  lastPingAt TEXT,
  storedSequence INTEGER NOT NULL DEFAULT 0,
  lastExecutionAt TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
  serial TEXT NOT NULL PRIMARY KEY,
  nodeId TEXT NOT NULL REFERENCES managedNode,
  issuedAt TEXT NOT NULL,
  expiresAt TEXT NOT NULL,
  revokedAt TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX certificateByNode ON certificate (nodeId);

CREATE TABLE document (
  name TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  description TEXT NOT NULL,
  platformTypes TEXT NOT NULL,
  defaultVersion INTEGER NOT NULL,
  latestVersion INTEGER NOT NULL,
  createdAt TEXT NOT NULL,
  aliasOf TEXT
) STRICT;

CREATE TABLE documentVersion (
  name TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  documentVersion INTEGER NOT NULL,
  format TEXT NOT NULL,
  content TEXT NOT NULL,
  hash TEXT NOT NULL,
  createdAt TEXT NOT NULL,
  PRIMARY KEY (name, documentVersion)
) STRICT;

-- A deleted association stays as a row: its executions still need their title.
CREATE TABLE association (
  associationId TEXT NOT NULL PRIMARY KEY,
  associationVersion INTEGER NOT NULL,
  associationName TEXT,
  documentName TEXT NOT NULL,
  documentVersion TEXT NOT NULL,
  parameters TEXT NOT NULL,
  targets TEXT NOT NULL,
  scheduleExpression TEXT,
  scheduleOffset INTEGER,
  applyOnlyAtCronInterval INTEGER NOT NULL,
  maxConcurrency TEXT,
  maxErrors TEXT,
  complianceSeverity TEXT NOT NULL,
  syncCompliance TEXT NOT NULL,
  createdAt TEXT NOT NULL,
  lastUpdatedAt TEXT NOT NULL,
  scheduleAnchor TEXT NOT NULL,
  nextRunAt TEXT,
  lastFiredAt TEXT,
  lastExecutionAt TEXT,
  lastSuccessfulExecutionAt TEXT,
  overview TEXT NOT NULL,
  isSample INTEGER NOT NULL,
  title TEXT NOT NULL,
  deletedAt TEXT
) STRICT;
CREATE INDEX associationByNextRun ON association (nextRunAt) WHERE deletedAt IS NULL;
CREATE INDEX associationByDocument ON association (documentName) WHERE deletedAt IS NULL;

CREATE TABLE associationVersion (
  associationId TEXT NOT NULL REFERENCES association,
  associationVersion INTEGER NOT NULL,
  createdAt TEXT NOT NULL,
  draft TEXT NOT NULL,
  PRIMARY KEY (associationId, associationVersion)
) STRICT;

-- Numbers are given in the order of arrival, so the newest execution has the highest, whatever the clock did.
CREATE TABLE execution (
  executionNumber INTEGER NOT NULL PRIMARY KEY,
  executionId TEXT NOT NULL UNIQUE,
  associationId TEXT NOT NULL REFERENCES association,
  associationVersion INTEGER NOT NULL,
  documentName TEXT NOT NULL,
  documentVersion INTEGER NOT NULL,
  "trigger" TEXT NOT NULL,
  fireAt TEXT,
  createdAt TEXT NOT NULL,
  lastExecutionAt TEXT NOT NULL,
  status TEXT NOT NULL,
  detailedStatus TEXT NOT NULL,
  concurrency INTEGER NOT NULL,
  toleratedErrors INTEGER NOT NULL,
  counts TEXT NOT NULL,
  cancelRequestedAt TEXT
) STRICT;
CREATE INDEX executionByStatus ON execution (status);
CREATE INDEX executionByAssociation ON execution (associationId);
CREATE INDEX executionByAssociationAndStatus ON execution (associationId, status);

-- Target numbers of one execution grow in the order in which its targets are to be dispatched.
CREATE TABLE executionTarget (
  targetNumber INTEGER NOT NULL PRIMARY KEY,
  executionNumber INTEGER NOT NULL REFERENCES execution,
  nodeId TEXT NOT NULL REFERENCES managedNode,
  status TEXT NOT NULL,
  detailedStatus TEXT NOT NULL,
  dispatchedAt TEXT,
  startedAt TEXT,
  endedAt TEXT,
  errorCode TEXT,
  executionSummary TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX executionTargetByNode ON executionTarget (nodeId, executionNumber);
CREATE INDEX executionTargetByStatus ON executionTarget (executionNumber, status);
CREATE INDEX executionTargetWaiting ON executionTarget (executionNumber) WHERE status IN ('Pending', 'Queued');
CREATE INDEX executionTargetUnfinished ON executionTarget (nodeId) WHERE status IN ('Pending', 'Queued', 'InProgress');

CREATE TABLE step (
  executionNumber INTEGER NOT NULL REFERENCES execution,
  nodeId TEXT NOT NULL REFERENCES managedNode,
  stepIndex INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  status TEXT NOT NULL,
  startedAt TEXT,
  endedAt TEXT,
  result TEXT,
  stdout TEXT,
  stderr TEXT,
  PRIMARY KEY (executionNumber, nodeId, stepIndex)
) STRICT;

-- The newest target of each association on each node, and how many of those are in each status. Kept by the triggers below, so
-- that no statement can forget, and read instead of the history, which has no bound.
CREATE TABLE latestTarget (
  associationId TEXT NOT NULL REFERENCES association,
  nodeId TEXT NOT NULL REFERENCES managedNode,
  executionNumber INTEGER NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (associationId, nodeId)
) STRICT, WITHOUT ROWID;
CREATE INDEX latestTargetByNode ON latestTarget (nodeId);

CREATE TABLE latestTargetCount (
  associationId TEXT NOT NULL,
  status TEXT NOT NULL,
  targets INTEGER NOT NULL,
  PRIMARY KEY (associationId, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER executionTargetAdded AFTER INSERT ON executionTarget BEGIN
  INSERT INTO latestTarget (associationId, nodeId, executionNumber, status)
  SELECT associationId, new.nodeId, new.executionNumber, new.status FROM execution WHERE executionNumber = new.executionNumber
  ON CONFLICT DO UPDATE SET executionNumber = excluded.executionNumber, status = excluded.status;
END;

CREATE TRIGGER executionTargetChanged AFTER UPDATE OF status ON executionTarget WHEN new.status <> old.status BEGIN
  UPDATE latestTarget SET status = new.status
  WHERE associationId = (SELECT associationId FROM execution WHERE executionNumber = new.executionNumber)
    AND nodeId = new.nodeId
    AND executionNumber = new.executionNumber;
END;

CREATE TRIGGER executionTargetStarted AFTER UPDATE OF startedAt ON executionTarget
WHEN old.startedAt IS NULL AND new.startedAt IS NOT NULL BEGIN
  UPDATE nodeContact SET lastExecutionAt = coalesce(new.dispatchedAt, new.startedAt) WHERE nodeId = new.nodeId;
END;

CREATE TRIGGER latestTargetAdded AFTER INSERT ON latestTarget BEGIN
  INSERT INTO latestTargetCount VALUES (new.associationId, new.status, 1) ON CONFLICT DO UPDATE SET targets = targets + 1;
END;

CREATE TRIGGER latestTargetChanged AFTER UPDATE OF status ON latestTarget WHEN new.status <> old.status BEGIN
  UPDATE latestTargetCount SET targets = targets - 1 WHERE associationId = old.associationId AND status = old.status;
  INSERT INTO latestTargetCount VALUES (new.associationId, new.status, 1) ON CONFLICT DO UPDATE SET targets = targets + 1;
END;

CREATE TRIGGER latestTargetRemoved AFTER DELETE ON latestTarget BEGIN
  UPDATE latestTargetCount SET targets = targets - 1 WHERE associationId = old.associationId AND status = old.status;
END;

CREATE TABLE complianceItem (
  nodeId TEXT NOT NULL REFERENCES managedNode,
  associationId TEXT NOT NULL REFERENCES association,
  title TEXT NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  documentName TEXT NOT NULL,
  documentVersion INTEGER NOT NULL,
  executionId TEXT NOT NULL,
  since TEXT NOT NULL,
  capturedAt TEXT NOT NULL,
  severityRank INTEGER NOT NULL, -- the severity as it sorts, most severe first; a generated column would not be read from an index alone
  PRIMARY KEY (nodeId, associationId)
) STRICT, WITHOUT ROWID;
CREATE INDEX complianceItemByNode ON complianceItem (nodeId, status);
CREATE INDEX complianceItemByUrgency ON complianceItem (status DESC, severityRank, since);
CREATE INDEX complianceItemByAssociation ON complianceItem (associationId, status DESC, severityRank, since);

CREATE TABLE complianceCount (
  associationId TEXT NOT NULL,
  status TEXT NOT NULL,
  items INTEGER NOT NULL,
  PRIMARY KEY (associationId, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER complianceItemAdded AFTER INSERT ON complianceItem BEGIN
  INSERT INTO complianceCount VALUES (new.associationId, new.status, 1) ON CONFLICT DO UPDATE SET items = items + 1;
END;

CREATE TRIGGER complianceItemChanged AFTER UPDATE OF status ON complianceItem WHEN new.status <> old.status BEGIN
  UPDATE complianceCount SET items = items - 1 WHERE associationId = old.associationId AND status = old.status;
  INSERT INTO complianceCount VALUES (new.associationId, new.status, 1) ON CONFLICT DO UPDATE SET items = items + 1;
END;

CREATE TRIGGER complianceItemRemoved AFTER DELETE ON complianceItem BEGIN
  UPDATE complianceCount SET items = items - 1 WHERE associationId = old.associationId AND status = old.status;
END;
