-- Compliance of every type: of associations, of patches, and of whatever a site calls its own (PutComplianceItems). Each type of a
-- node has one row that says what its items come to, and every change of an item is kept.

ALTER TABLE complianceItem RENAME TO complianceItemOfAssociation;

CREATE TABLE complianceItem (
  nodeId TEXT NOT NULL REFERENCES managedNode,
  complianceType TEXT NOT NULL,
  itemId TEXT NOT NULL, -- the association's id where the type is Association
  title TEXT NOT NULL,
  severity TEXT NOT NULL,
  severityRank INTEGER NOT NULL, -- the severity as it sorts, most severe first
  status TEXT NOT NULL,
  details TEXT NOT NULL,
  executionId TEXT,
  executionType TEXT,
  since TEXT NOT NULL,
  confirmedAt TEXT NOT NULL,
  PRIMARY KEY (nodeId, complianceType, itemId)
) STRICT, WITHOUT ROWID;

INSERT INTO complianceItem
SELECT nodeId, 'Association', associationId, title, severity, CASE severity WHEN 'UNSPECIFIED' THEN 5 ELSE severityRank END, status,
  json_object('DocumentName', documentName, 'DocumentVersion', CAST(documentVersion AS TEXT)), executionId, 'Association', since, capturedAt
FROM complianceItemOfAssociation;

DROP TABLE complianceItemOfAssociation;

CREATE INDEX complianceItemByUrgency ON complianceItem (status DESC, severityRank, since, nodeId, complianceType, itemId);
CREATE INDEX complianceItemBySubject ON complianceItem (complianceType, itemId, status DESC, severityRank, since, nodeId);

-- One type on one node. Written with every change of its items, from what the domain makes of their counts.
CREATE TABLE complianceResource (
  nodeId TEXT NOT NULL REFERENCES managedNode,
  complianceType TEXT NOT NULL,
  status TEXT NOT NULL,
  overallSeverity TEXT NOT NULL,
  severityRank INTEGER NOT NULL,
  counts TEXT NOT NULL,
  since TEXT NOT NULL,
  executionTime TEXT NOT NULL,
  executionId TEXT,
  executionType TEXT,
  contentHash TEXT,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (nodeId, complianceType)
) STRICT, WITHOUT ROWID;

INSERT INTO complianceResource
SELECT nodeId, complianceType, max(status), 'UNSPECIFIED',
  coalesce(min(severityRank) FILTER (WHERE status = 'NON_COMPLIANT'), min(severityRank)),
  json_object(
    'COMPLIANT', json_object(
      'CRITICAL', sum(status = 'COMPLIANT' AND severity = 'CRITICAL'), 'HIGH', sum(status = 'COMPLIANT' AND severity = 'HIGH'),
      'MEDIUM', sum(status = 'COMPLIANT' AND severity = 'MEDIUM'), 'LOW', sum(status = 'COMPLIANT' AND severity = 'LOW'),
      'INFORMATIONAL', 0, 'UNSPECIFIED', sum(status = 'COMPLIANT' AND severity = 'UNSPECIFIED')),
    'NON_COMPLIANT', json_object(
      'CRITICAL', sum(status <> 'COMPLIANT' AND severity = 'CRITICAL'), 'HIGH', sum(status <> 'COMPLIANT' AND severity = 'HIGH'),
      'MEDIUM', sum(status <> 'COMPLIANT' AND severity = 'MEDIUM'), 'LOW', sum(status <> 'COMPLIANT' AND severity = 'LOW'),
      'INFORMATIONAL', 0, 'UNSPECIFIED', sum(status <> 'COMPLIANT' AND severity = 'UNSPECIFIED'))),
  coalesce(min(since) FILTER (WHERE status = 'NON_COMPLIANT'), max(since)),
  max(confirmedAt), NULL, 'Association', NULL,
  sum(length(itemId) + length(title) + length(details ->> 'DocumentName') + length(details ->> 'DocumentVersion') + 27)
FROM complianceItem
GROUP BY nodeId, complianceType;

UPDATE complianceResource SET
  overallSeverity = CASE severityRank WHEN 0 THEN 'CRITICAL' WHEN 1 THEN 'HIGH' WHEN 2 THEN 'MEDIUM' WHEN 3 THEN 'LOW' ELSE 'UNSPECIFIED' END,
  executionId = (
    SELECT item.executionId FROM complianceItem AS item
    WHERE item.nodeId = complianceResource.nodeId AND item.complianceType = complianceResource.complianceType
    ORDER BY item.confirmedAt DESC LIMIT 1);

CREATE INDEX complianceResourceByUrgency ON complianceResource (status DESC, severityRank, since, nodeId, complianceType);
CREATE INDEX complianceResourceByType ON complianceResource (complianceType, status DESC, severityRank, since, nodeId);

-- One item over all nodes: how many comply and how it stands where it stands worst. Kept by the triggers below, so that no
-- statement can forget, and read instead of the items, which are many. The title is the one that was put last.
DROP TABLE complianceCount;
CREATE TABLE complianceSubject (
  complianceType TEXT NOT NULL,
  itemId TEXT NOT NULL,
  title TEXT NOT NULL,
  compliant INTEGER NOT NULL,
  nonCompliant INTEGER NOT NULL,
  status TEXT NOT NULL,
  severityRank INTEGER NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (complianceType, itemId)
) STRICT, WITHOUT ROWID;

INSERT INTO complianceSubject
SELECT complianceType, itemId, max(title), sum(status = 'COMPLIANT'), sum(status = 'NON_COMPLIANT'), max(status),
  coalesce(min(severityRank) FILTER (WHERE status = 'NON_COMPLIANT'), min(severityRank)),
  coalesce(min(since) FILTER (WHERE status = 'NON_COMPLIANT'), min(since))
FROM complianceItem
GROUP BY complianceType, itemId;

CREATE INDEX complianceSubjectByUrgency ON complianceSubject (status DESC, severityRank, since);

CREATE TRIGGER complianceItemAdded AFTER INSERT ON complianceItem BEGIN
  INSERT INTO complianceSubject
  VALUES (new.complianceType, new.itemId, new.title, new.status = 'COMPLIANT', new.status = 'NON_COMPLIANT', new.status, new.severityRank, new.since)
  ON CONFLICT DO UPDATE SET
    title = new.title, compliant = compliant + excluded.compliant, nonCompliant = nonCompliant + excluded.nonCompliant;
  UPDATE complianceSubject SET (status, severityRank, since) = (
    SELECT status, severityRank, since FROM complianceItem WHERE complianceType = new.complianceType AND itemId = new.itemId
    ORDER BY status DESC, severityRank, since LIMIT 1)
  WHERE complianceType = new.complianceType AND itemId = new.itemId;
END;

CREATE TRIGGER complianceItemChanged AFTER UPDATE OF status, severityRank, since ON complianceItem
WHEN new.status <> old.status OR new.severityRank <> old.severityRank BEGIN
  UPDATE complianceSubject SET
    compliant = compliant + (new.status = 'COMPLIANT') - (old.status = 'COMPLIANT'),
    nonCompliant = nonCompliant + (new.status = 'NON_COMPLIANT') - (old.status = 'NON_COMPLIANT'),
    (status, severityRank, since) = (
      SELECT status, severityRank, since FROM complianceItem WHERE complianceType = new.complianceType AND itemId = new.itemId
      ORDER BY status DESC, severityRank, since LIMIT 1)
  WHERE complianceType = new.complianceType AND itemId = new.itemId;
END;

CREATE TRIGGER complianceItemRenamed AFTER UPDATE OF title ON complianceItem WHEN new.title <> old.title BEGIN
  UPDATE complianceSubject SET title = new.title WHERE complianceType = new.complianceType AND itemId = new.itemId;
END;

CREATE TRIGGER complianceItemRemoved AFTER DELETE ON complianceItem BEGIN
  DELETE FROM complianceSubject
  WHERE complianceType = old.complianceType AND itemId = old.itemId AND compliant + nonCompliant = 1;
  UPDATE complianceSubject SET
    compliant = compliant - (old.status = 'COMPLIANT'),
    nonCompliant = nonCompliant - (old.status = 'NON_COMPLIANT'),
    (status, severityRank, since) = (
      SELECT status, severityRank, since FROM complianceItem WHERE complianceType = old.complianceType AND itemId = old.itemId
      ORDER BY status DESC, severityRank, since LIMIT 1)
  WHERE complianceType = old.complianceType AND itemId = old.itemId;
END;

-- What was seen to change of an item, and why. `before` is null where it came to be, `after` where it went.
CREATE TABLE complianceChange (
  changeNumber INTEGER NOT NULL PRIMARY KEY,
  nodeId TEXT NOT NULL REFERENCES managedNode,
  complianceType TEXT NOT NULL,
  itemId TEXT NOT NULL,
  at TEXT NOT NULL,
  because TEXT NOT NULL,
  executionId TEXT,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX complianceChangeByItem ON complianceChange (nodeId, complianceType, itemId);

-- When a node began and ceased to comply with a type: what a Configuration Compliance State Change says. Without a status: nothing
-- of the type is left on the node.
CREATE TABLE complianceTransition (
  transitionNumber INTEGER NOT NULL PRIMARY KEY,
  nodeId TEXT NOT NULL REFERENCES managedNode,
  complianceType TEXT NOT NULL,
  at TEXT NOT NULL,
  status TEXT,
  overallSeverity TEXT,
  lastRuntime TEXT
) STRICT;
CREATE INDEX complianceTransitionByNode ON complianceTransition (nodeId, complianceType);
