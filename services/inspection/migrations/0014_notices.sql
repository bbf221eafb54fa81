-- 送达: whoever was shown the code of an order says that its notice was read, once. Beside the order and not in it: it moves
-- no version, so it holds up nobody who scans in at that moment.
CREATE TABLE notice_reading (
    order_id   uuid        PRIMARY KEY REFERENCES orders,
    reading_id uuid        NOT NULL UNIQUE,
    read_at    timestamptz NOT NULL
);

-- An enterprise lists its receipts: of its entries, which have such an index, and of its refusals.
CREATE INDEX visit_refusal_enterprise ON visit_refusal (enterprise_id);
