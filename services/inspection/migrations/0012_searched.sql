-- A worn plate (rule E2): why the premises of an entry were looked up and not scanned.
ALTER TABLE entry ADD COLUMN searched_reason text;

-- A broken camera: an inspector is looked up by the certificate number that is typed beside the digits on their screen.
CREATE INDEX inspector_certificate ON inspector (certificate_number);
