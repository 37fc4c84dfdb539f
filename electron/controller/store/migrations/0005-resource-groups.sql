-- Resource groups: saved tag queries, named by associations.

CREATE TABLE resourceGroup (
  name TEXT NOT NULL PRIMARY KEY,
  description TEXT NOT NULL,
  tagFilters TEXT NOT NULL,
  createdAt TEXT NOT NULL,
  lastUpdatedAt TEXT NOT NULL
) STRICT, WITHOUT ROWID;
