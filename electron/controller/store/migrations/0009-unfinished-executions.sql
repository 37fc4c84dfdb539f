-- What is not over, by association and by deadline: found without the history, which has no bound. The deadlines are written with
-- NOT IN, because an index of the status would be taken before theirs where the status is named.
CREATE INDEX executionUnfinished ON execution (associationId) WHERE status IN ('Pending', 'InProgress');

DROP INDEX executionByCutOff;
DROP INDEX executionByOverlapEnd;
CREATE INDEX executionByCutOff ON execution (cutOffAt)
  WHERE cutOffAt IS NOT NULL AND cancelRequestedAt IS NULL AND status NOT IN ('Success', 'Failed', 'Skipped');
CREATE INDEX executionByOverlapEnd ON execution (overlapEndsAt)
  WHERE overlapEndsAt IS NOT NULL AND cancelRequestedAt IS NULL AND status NOT IN ('Success', 'Failed', 'Skipped');
