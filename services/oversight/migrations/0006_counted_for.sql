-- Whose yearly caps a visit draws on (rule F1): each agency by what it brought, not by whose order became the joint one. Null
-- where the entry was told before this, and counted as it was.
ALTER TABLE order_fact ADD COLUMN counted_for uuid[];
COMMENT ON COLUMN order_fact.counted_for IS 'agencies; null: all of them, unless it is a recheck';
