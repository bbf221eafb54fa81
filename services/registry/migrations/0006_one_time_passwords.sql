-- A password that an administrator gave is good until then, to log in and choose one's own.
ALTER TABLE account ADD COLUMN one_time_until timestamptz;
