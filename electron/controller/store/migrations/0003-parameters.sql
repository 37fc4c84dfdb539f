-- Parameter store: named values with versions. The settings of a parameter are those of its newest version.

CREATE TABLE parameter (
  name TEXT NOT NULL PRIMARY KEY,
  type TEXT NOT NULL,
  dataType TEXT NOT NULL,
  version INTEGER NOT NULL,
  createdAt TEXT NOT NULL
) STRICT;

CREATE TABLE parameterVersion (
  name TEXT NOT NULL REFERENCES parameter ON DELETE CASCADE,
  version INTEGER NOT NULL,
  value TEXT NOT NULL, -- of a SecureString, only what the site's data key made of it
  description TEXT NOT NULL,
  allowedPattern TEXT,
  lastModifiedAt TEXT NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
