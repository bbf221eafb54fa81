"""Signing keys of a service: which there are, and a new one. The newest signs once it is known, all verify."""
