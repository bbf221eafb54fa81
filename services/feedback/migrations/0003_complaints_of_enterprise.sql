CREATE INDEX complaint_of_enterprise ON complaint (enterprise_id, complaint_id);
