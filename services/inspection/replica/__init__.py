"""What this service knows of the registry, fed by events alone."""
