-- Whether an association brings machines into its state or only looks at them, and what its runs have changed or found.
ALTER TABLE association ADD COLUMN mode TEXT NOT NULL DEFAULT 'Enforce';
ALTER TABLE execution ADD COLUMN mode TEXT NOT NULL DEFAULT 'Enforce';
ALTER TABLE executionTarget ADD COLUMN changeCount INTEGER;
ALTER TABLE executionTarget ADD COLUMN driftCount INTEGER;
