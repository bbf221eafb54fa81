-- What draws down the quota, however deep: a guest of a guest stands and falls with the outermost order (ADR 37).
CREATE OR REPLACE VIEW campaign_order AS
SELECT o.campaign_id, o.order_id
FROM orders o
WHERE o.campaign_id IS NOT NULL AND (o.standing OR o.state = 'absorbed' AND EXISTS (
    WITH RECURSIVE host (absorbed_into, state) AS (
        SELECT h.absorbed_into, h.state FROM orders h WHERE h.order_id = o.absorbed_into
        UNION ALL
        SELECT h.absorbed_into, h.state FROM host JOIN orders h ON h.order_id = host.absorbed_into)
    SELECT FROM host WHERE absorbed_into IS NULL AND state NOT IN ('cancelled', 'expired')));
