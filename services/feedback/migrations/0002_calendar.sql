-- Those filed before were counted Monday to Friday.
ALTER TABLE complaint ADD COLUMN due_by_calendar boolean NOT NULL DEFAULT false;
