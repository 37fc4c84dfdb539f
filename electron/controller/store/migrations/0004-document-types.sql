-- Documents of every type: Command, Policy, Automation and ChangeCalendar.

ALTER TABLE document ADD COLUMN documentType TEXT NOT NULL DEFAULT 'Command';
ALTER TABLE document ADD COLUMN displayName TEXT;

-- The highest number that a version ever had: numbers are not given again, for executions are remembered by them.
ALTER TABLE document ADD COLUMN lastVersionNumber INTEGER NOT NULL DEFAULT 1;
UPDATE document SET lastVersionNumber = latestVersion;

-- Null for a change calendar, which has none.
ALTER TABLE documentVersion ADD COLUMN schemaVersion TEXT;
UPDATE documentVersion SET schemaVersion = '2.2';
ALTER TABLE documentVersion ADD COLUMN versionName TEXT;
CREATE UNIQUE INDEX documentVersionByName ON documentVersion (name, versionName) WHERE versionName IS NOT NULL;
