-- Whose people alone an import may write; NULL: anybody's in its area.
ALTER TABLE import ADD COLUMN agency_id uuid;
CREATE INDEX import_of_agency ON import (agency_id, import_id) WHERE agency_id IS NOT NULL;
