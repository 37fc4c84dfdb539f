-- Package store: what aws:configurePackage installs. The files themselves are beside the database, by their SHA-256.

CREATE TABLE package (
  name TEXT NOT NULL PRIMARY KEY,
  defaultVersion TEXT NOT NULL, -- what is installed where no version is named
  createdAt TEXT NOT NULL,
  lastModifiedAt TEXT NOT NULL
) STRICT;

CREATE TABLE packageVersion (
  name TEXT NOT NULL REFERENCES package ON DELETE CASCADE,
  version TEXT NOT NULL,
  publisher TEXT NOT NULL,
  packages TEXT NOT NULL, -- JSON: platform → release → architecture → file
  addedAt TEXT NOT NULL,
  addedBy TEXT NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE packageFile (
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  fileName TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  scripts TEXT NOT NULL, -- JSON: the scripts in it
  PRIMARY KEY (name, version, fileName),
  FOREIGN KEY (name, version) REFERENCES packageVersion ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX packageFileBySha256 ON packageFile (sha256);
