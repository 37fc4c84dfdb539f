-- What somebody says of an association that was made with InstanceId.
CREATE TABLE legacyStatus (
  associationId TEXT NOT NULL PRIMARY KEY REFERENCES association,
  date TEXT NOT NULL,
  name TEXT NOT NULL,
  message TEXT NOT NULL,
  additionalInfo TEXT
) STRICT, WITHOUT ROWID;
