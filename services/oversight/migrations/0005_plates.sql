-- Who entered without reading the plate, and where: once is a worn plate, again and again is not (ADR 64). Null where the
-- entry was told before this; a rebuild fills it.
ALTER TABLE order_fact ADD COLUMN entered_by uuid[];
COMMENT ON COLUMN order_fact.entered_by IS 'the inspectors who were there when somebody scanned in';
CREATE INDEX order_fact_searched ON order_fact (entered_at) WHERE 'searched' = ANY (flags);
