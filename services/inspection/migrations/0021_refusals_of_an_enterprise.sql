-- What the gate refused at one enterprise is found without reading the rest. What the enterprise refused has such an index.
CREATE INDEX entry_refusal_enterprise ON entry_refusal (enterprise_id, refusal_id);
