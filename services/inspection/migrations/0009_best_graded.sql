-- Rule F6 asks how many of the best graded stand under a planned inspection this year. To count them took as long as there
-- are many; so each takes a place once a year and area, and places are counted as they are taken and given back.
--   moved   the enterprise has places in several areas: whoever looks at all of these counts it once
CREATE TABLE best_graded_place (
    section       text    NOT NULL,
    year          int     NOT NULL,
    enterprise_id uuid    NOT NULL,
    area_code     text    COLLATE "C" NOT NULL,
    moved         boolean NOT NULL DEFAULT false,
    PRIMARY KEY (section, year, enterprise_id, area_code)
);
CREATE INDEX best_graded_moved ON best_graded_place (section, year, area_code) WHERE moved;

CREATE TABLE best_graded_inspected (
    section     text NOT NULL,
    year        int  NOT NULL,
    area_code   text COLLATE "C" NOT NULL,
    enterprises int  NOT NULL,
    PRIMARY KEY (section, year, area_code)
);

INSERT INTO best_graded_place
SELECT section, year, enterprise_id, area_code, count(*) OVER (PARTITION BY section, year, enterprise_id) > 1
FROM (SELECT DISTINCT section, year, enterprise_id, area_code FROM best_graded_order) AS places;
INSERT INTO best_graded_inspected
SELECT section, year, area_code, count(*) FROM best_graded_place GROUP BY 1, 2, 3;

-- At the commit, when no other lock is taken any more: one transaction after the other counts, and none can wait for one
-- that waits for it, whatever order a batch that expires came in. A place is there if an order is; so it does not
-- matter how often, or for how many orders of one transaction, this is run.
CREATE FUNCTION count_best_graded_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told   best_graded_order := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    change int;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('best graded places', 0));
    IF EXISTS (SELECT FROM best_graded_order o WHERE o.section = told.section AND o.year = told.year
               AND o.area_code = told.area_code AND o.enterprise_id = told.enterprise_id) THEN
        INSERT INTO best_graded_place VALUES (told.section, told.year, told.enterprise_id, told.area_code)
        ON CONFLICT DO NOTHING;
        change := 1;
    ELSE
        DELETE FROM best_graded_place p WHERE p.section = told.section AND p.year = told.year
        AND p.area_code = told.area_code AND p.enterprise_id = told.enterprise_id;
        change := -1;
    END IF;
    IF FOUND THEN
        INSERT INTO best_graded_inspected AS known VALUES (told.section, told.year, told.area_code, change)
        ON CONFLICT (section, year, area_code) DO UPDATE SET enterprises = known.enterprises + EXCLUDED.enterprises;
        UPDATE best_graded_place p SET moved = several.so
        FROM (SELECT count(*) > 1 AS so FROM best_graded_place o
              WHERE o.section = told.section AND o.year = told.year AND o.enterprise_id = told.enterprise_id) AS several
        WHERE p.section = told.section AND p.year = told.year AND p.enterprise_id = told.enterprise_id
          AND p.moved <> several.so;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER best_graded_order_place AFTER INSERT OR DELETE ON best_graded_order
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_best_graded_place();
