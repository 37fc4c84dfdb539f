-- Executions are counted and found by any of their filters from these alone, without a look at the rows.
CREATE INDEX executionFilter ON execution (status, "trigger", createdAt);
CREATE INDEX executionFilterByAssociation ON execution (associationId, status, "trigger", createdAt);
CREATE INDEX executionByTrigger ON execution ("trigger");
CREATE INDEX executionByCreation ON execution (createdAt);
CREATE INDEX executionByVersion ON execution (associationId, associationVersion, status, createdAt);
