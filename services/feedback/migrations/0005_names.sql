-- Whom a complaint is from. Rows of before are filled when the registry's events are replayed (CHANGELOG, upgrade).
ALTER TABLE enterprise ADD COLUMN name text;
