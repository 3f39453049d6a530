-- A line of the connection log by its name and arguments, JSON, so that it can be told in every language. Older lines have
-- their sentence alone.
ALTER TABLE connection_log ADD COLUMN explanation TEXT;
ALTER TABLE attempt_log ADD COLUMN explanation TEXT;
-- The same of a step of taking a connection apart.
ALTER TABLE disconnection_steps ADD COLUMN explanation TEXT;
