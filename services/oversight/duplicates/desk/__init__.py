"""The duplicates desk: visits to one place that lie close together, whether the gate saw them or not."""
