-- The desk lists what is to be put right by its deadline, and what has been.
CREATE INDEX orders_rectified ON orders (rectification_due_on, order_id) WHERE rectification_due_on IS NOT NULL;
