-- A joint visit counts for each agency by the trigger of the order with which it came (ADR 37): an item that a guest brought
-- carries that guest's; null, it is the order's own.
ALTER TABLE order_item ADD COLUMN trigger text;
-- With it, so that counting a year (rule F1) still reads the index alone.
DROP INDEX order_item_year;
CREATE INDEX order_item_year ON order_item (enterprise_id, agency_id, domain, starts_on) INCLUDE (order_id, trigger);

WITH RECURSIVE guest (host_id, order_id, trigger) AS (
    SELECT absorbed_into, order_id, trigger FROM orders WHERE absorbed_into IS NOT NULL
    UNION ALL
    SELECT o.absorbed_into, g.order_id, g.trigger
    FROM guest g JOIN orders o ON o.order_id = g.host_id WHERE o.absorbed_into IS NOT NULL),
brought AS (
    SELECT DISTINCT ON (g.host_id, i.item_id) g.host_id, i.item_id, i.agency_id, g.trigger
    FROM guest g JOIN order_item i ON i.order_id = g.order_id ORDER BY g.host_id, i.item_id, g.order_id)
UPDATE order_item i SET trigger = b.trigger FROM brought b
WHERE i.order_id = b.host_id AND i.item_id = b.item_id AND i.agency_id = b.agency_id AND NOT EXISTS (
    SELECT FROM joint_host h CROSS JOIN jsonb_array_elements(h.content -> 'items') AS own
    WHERE h.order_id = i.order_id AND own ->> 'item_id' = i.item_id::text);

-- Rule F6: a planned inspection is one whoever's order became the joint one. Who joins or leaves changes the revision.
CREATE OR REPLACE FUNCTION keep_best_graded_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM best_graded_order WHERE order_id = NEW.order_id;
    IF NEW.standing AND (NEW.trigger IN ('routine', 'random', 'campaign') OR EXISTS (
        SELECT FROM order_item i
        WHERE i.order_id = NEW.order_id AND i.trigger IN ('routine', 'random', 'campaign'))) THEN
        INSERT INTO best_graded_order
        SELECT NEW.order_id, left(industry, 1), extract(year FROM NEW.starts_on), area_code, enterprise_id
        FROM enterprise WHERE enterprise_id = NEW.enterprise_id AND grade = 'A';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER orders_best_graded AFTER UPDATE ON orders FOR EACH ROW
WHEN ((OLD.standing, OLD.trigger, OLD.starts_on, OLD.revision)
      IS DISTINCT FROM (NEW.standing, NEW.trigger, NEW.starts_on, NEW.revision))
EXECUTE FUNCTION keep_best_graded_order();

INSERT INTO best_graded_order
SELECT o.order_id, left(e.industry, 1), extract(year FROM o.starts_on), e.area_code, o.enterprise_id
FROM orders o JOIN enterprise e ON e.enterprise_id = o.enterprise_id AND e.grade = 'A'
WHERE o.standing AND EXISTS (
    SELECT FROM order_item i WHERE i.order_id = o.order_id AND i.trigger IN ('routine', 'random', 'campaign'))
ON CONFLICT DO NOTHING;
