"""The photo on a credential: kept small, and shown to whoever is inspected."""
