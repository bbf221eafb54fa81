"""The figures rules are judged by: one dated, versioned file a city."""

from services.chassis.policy.load import Policies, city_day, policies
from services.chassis.policy.model import Cap, Profile, Rights

__all__ = ["Cap", "Policies", "Profile", "Rights", "city_day", "policies"]
