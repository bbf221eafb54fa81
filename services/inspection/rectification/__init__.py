"""整改与复查: proof by the enterprise, recheck by the agency, remote first (rule R4)."""
