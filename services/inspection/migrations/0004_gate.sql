-- Rule F4 asks how often an inspector was at an enterprise: on one index, however long either's history is.
ALTER TABLE order_inspector ADD COLUMN enterprise_id uuid, ADD COLUMN starts_on date;
UPDATE order_inspector i SET enterprise_id = o.enterprise_id, starts_on = o.starts_on
FROM orders o WHERE o.order_id = i.order_id;
ALTER TABLE order_inspector ALTER COLUMN enterprise_id SET NOT NULL, ALTER COLUMN starts_on SET NOT NULL;
CREATE INDEX order_inspector_met ON order_inspector (inspector_id, enterprise_id, starts_on) INCLUDE (order_id);

-- Rule F6: how many active enterprises are graded 优, by section of industry and area, and which of them stand under a
-- planned inspection, by year. Kept by triggers, because orders and replica are written in many places; both equal a
-- recount. `COLLATE "C"`: an agency's area is a range of codes.
CREATE TABLE best_graded (
    section     text NOT NULL,
    area_code   text COLLATE "C" NOT NULL,
    enterprises int  NOT NULL,
    PRIMARY KEY (section, area_code)
);

-- The grade is that of the day on which the order took its place: an enterprise that is graded down later was still
-- inspected as one of the best.
CREATE TABLE best_graded_order (
    order_id      uuid PRIMARY KEY REFERENCES orders,
    section       text NOT NULL,
    year          int  NOT NULL,
    area_code     text COLLATE "C" NOT NULL,
    enterprise_id uuid NOT NULL
);
CREATE INDEX best_graded_share ON best_graded_order (section, year, area_code, enterprise_id);

INSERT INTO best_graded
SELECT left(industry, 1), area_code, count(*) FROM enterprise WHERE grade = 'A' AND active GROUP BY 1, 2;
INSERT INTO best_graded_order
SELECT o.order_id, left(e.industry, 1), extract(year FROM o.starts_on), e.area_code, o.enterprise_id
FROM orders o JOIN enterprise e ON e.enterprise_id = o.enterprise_id AND e.grade = 'A'
WHERE o.standing AND o.trigger IN ('routine', 'random', 'campaign');

-- A batch of the replica counts once, its counters in one order, so that two batches cannot lock each other out.
CREATE FUNCTION add_best_graded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO best_graded AS known
    SELECT left(industry, 1), area_code, count(*) FROM newer WHERE grade = 'A' AND active GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (section, area_code) DO UPDATE SET enterprises = known.enterprises + EXCLUDED.enterprises;
    RETURN NULL;
END
$$;
CREATE FUNCTION move_best_graded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO best_graded AS known
    SELECT left(industry, 1), area_code, sum(change) FROM (
        SELECT industry, area_code, 1 AS change FROM newer WHERE grade = 'A' AND active
        UNION ALL
        SELECT industry, area_code, -1 FROM older WHERE grade = 'A' AND active) AS moved
    GROUP BY 1, 2 HAVING sum(change) <> 0 ORDER BY 1, 2
    ON CONFLICT (section, area_code) DO UPDATE SET enterprises = known.enterprises + EXCLUDED.enterprises;
    RETURN NULL;
END
$$;
CREATE TRIGGER enterprise_best_graded_new AFTER INSERT ON enterprise
REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION add_best_graded();
CREATE TRIGGER enterprise_best_graded AFTER UPDATE ON enterprise
REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION move_best_graded();

CREATE FUNCTION keep_best_graded_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM best_graded_order WHERE order_id = NEW.order_id;
    IF NEW.standing AND NEW.trigger IN ('routine', 'random', 'campaign') THEN
        INSERT INTO best_graded_order
        SELECT NEW.order_id, left(industry, 1), extract(year FROM NEW.starts_on), area_code, enterprise_id
        FROM enterprise WHERE enterprise_id = NEW.enterprise_id AND grade = 'A';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER orders_best_graded_new AFTER INSERT ON orders FOR EACH ROW
WHEN (NEW.standing AND NEW.trigger IN ('routine', 'random', 'campaign')) EXECUTE FUNCTION keep_best_graded_order();
CREATE TRIGGER orders_best_graded AFTER UPDATE ON orders FOR EACH ROW
WHEN ((OLD.standing, OLD.trigger, OLD.starts_on) IS DISTINCT FROM (NEW.standing, NEW.trigger, NEW.starts_on))
EXECUTE FUNCTION keep_best_graded_order();
