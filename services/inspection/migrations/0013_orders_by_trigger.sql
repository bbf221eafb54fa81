-- The desk lists the newest orders of one trigger: urgent ones are few among many.
CREATE INDEX orders_trigger ON orders (trigger, order_id);
