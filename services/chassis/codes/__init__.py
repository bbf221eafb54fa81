"""Signed codes that any phone can scan and that anyone can verify without network."""

from services.chassis.codes.keyring import Keyring
from services.chassis.codes.reasons import BadCode, Reason
from services.chassis.codes.token import Code, Kind, read, sign, verify

__all__ = ["BadCode", "Code", "Keyring", "Kind", "Reason", "read", "sign", "verify"]
