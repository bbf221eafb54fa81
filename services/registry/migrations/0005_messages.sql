-- The code itself, encrypted, until it is handed over or worthless: for unknown enterprises too, so that their
-- rows look the same.
ALTER TABLE access_code ADD COLUMN code_cipher bytea;
