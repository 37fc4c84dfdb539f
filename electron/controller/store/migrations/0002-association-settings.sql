-- Every setting of an association, what an execution is held to, alarms, and the runs that are owed to nodes.

ALTER TABLE association ADD COLUMN instanceId TEXT;
ALTER TABLE association ADD COLUMN duration INTEGER;
ALTER TABLE association ADD COLUMN calendarNames TEXT NOT NULL DEFAULT '[]';
ALTER TABLE association ADD COLUMN timeZone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE association ADD COLUMN outputLocation TEXT;
ALTER TABLE association ADD COLUMN alarmConfiguration TEXT;
ALTER TABLE association ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';

-- When its waiting targets are given up and its running ones are cancelled (Duration), when those that still run for an older
-- interval are (overlap), and the alarms that held targets back.
ALTER TABLE execution ADD COLUMN cutOffAt TEXT;
ALTER TABLE execution ADD COLUMN overlapEndsAt TEXT;
ALTER TABLE execution ADD COLUMN triggeredAlarms TEXT NOT NULL DEFAULT '[]';
CREATE INDEX executionByCutOff ON execution (cutOffAt) WHERE cutOffAt IS NOT NULL AND status IN ('Pending', 'InProgress');
CREATE INDEX executionByOverlapEnd ON execution (overlapEndsAt) WHERE overlapEndsAt IS NOT NULL AND status IN ('Pending', 'InProgress');

-- When a running target of a node that went away is given up; null while the node is there.
ALTER TABLE executionTarget ADD COLUMN stuckAt TEXT;
CREATE INDEX executionTargetByStuck ON executionTarget (stuckAt) WHERE stuckAt IS NOT NULL AND status = 'InProgress';

-- A run that a node is to have as soon as what kept it away is over. Gone when the association starts on the node.
CREATE TABLE owedRun (
  associationId TEXT NOT NULL REFERENCES association,
  nodeId TEXT NOT NULL REFERENCES managedNode,
  "trigger" TEXT NOT NULL,
  because TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (associationId, nodeId)
) STRICT, WITHOUT ROWID;
CREATE INDEX owedRunByNode ON owedRun (nodeId);

-- What was skipped because its node was away was caught up by its status alone until now.
INSERT INTO owedRun (associationId, nodeId, "trigger", because, since)
SELECT latestTarget.associationId, latestTarget.nodeId, 'CatchUp', 'NodeOffline', execution.createdAt
FROM latestTarget
JOIN executionTarget ON executionTarget.nodeId = latestTarget.nodeId AND executionTarget.executionNumber = latestTarget.executionNumber
JOIN execution ON execution.executionNumber = latestTarget.executionNumber
JOIN association ON association.associationId = latestTarget.associationId
WHERE executionTarget.status = 'Skipped' AND executionTarget.detailedStatus = 'NodeOffline' AND association.deletedAt IS NULL;

-- Signals from outside that hold associations back while they are raised.
CREATE TABLE alarm (
  name TEXT NOT NULL PRIMARY KEY,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  changedAt TEXT NOT NULL
) STRICT;

-- Changes that start runs on more nodes than this ask for a typed confirmation.
ALTER TABLE site ADD COLUMN confirmAbove INTEGER NOT NULL DEFAULT 20;
