/** The agent's database, one step at a time; only ever added to. A file knows in `user_version` how many of them it has. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE occurrence (
    execution_id TEXT PRIMARY KEY,
    -- Order of arrival, in which they are run.
    arrival      INTEGER NOT NULL UNIQUE,
    state        TEXT NOT NULL CHECK (state IN ('queued', 'running', 'parked', 'finished')),
    -- The order as JSON; dropped when the occurrence is finished. Null also for one that was cancelled before it came.
    order_text   TEXT,
    -- Until then the same order could come again, so until then the occurrence is remembered.
    expires_at   TEXT NOT NULL,
    resumes      INTEGER NOT NULL DEFAULT 0,
    -- Of a parked one: it goes on in any other boot than this.
    boot_id      TEXT,
    -- The last report of a finished one, as JSON.
    answer       TEXT
  ) STRICT;
  CREATE INDEX occurrence_unfinished ON occurrence (arrival) WHERE state <> 'finished';

  CREATE TABLE step (
    execution_id TEXT NOT NULL REFERENCES occurrence ON DELETE CASCADE,
    step_index   INTEGER NOT NULL,
    attempt      INTEGER NOT NULL,
    started_at   TEXT NOT NULL,
    -- The process that leads the step's group, and when it started, so that a restarted agent can end it and no other.
    pid          INTEGER,
    pid_start    TEXT,
    -- The step-finished report, as JSON; null while the step runs or after it was interrupted.
    finished     TEXT,
    PRIMARY KEY (execution_id, step_index)
  ) STRICT, WITHOUT ROWID;

  -- AUTOINCREMENT: a sequence number is never used again, also when every report is forgotten.
  CREATE TABLE outbox (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    execution_id TEXT NOT NULL,
    report       TEXT NOT NULL
  ) STRICT;
  CREATE INDEX outbox_execution ON outbox (execution_id);

  -- How far the controller has a stream of output. The streams themselves are files.
  CREATE TABLE credit (
    execution_id TEXT NOT NULL,
    step_index   INTEGER NOT NULL,
    attempt      INTEGER NOT NULL,
    stream       TEXT NOT NULL CHECK (stream IN ('stdout', 'stderr')),
    stored_to    INTEGER NOT NULL,
    PRIMARY KEY (execution_id, step_index, attempt, stream)
  ) STRICT, WITHOUT ROWID
  `,
];
