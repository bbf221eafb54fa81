"""What is worth an auditor's eye. Every tag is named here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Tag(StrEnum):
    ACCOUNT_REGISTERED = "account.registered"
    ACCOUNT_CHANGED = "account.changed"
    ROLES_GRANTED = "account.roles_granted"
    PASSWORD_SET = "account.password_set"
    LOGIN_REFUSED = "login.refused"
    CONTACT_READ = "contact.read"
    IMPORT_STARTED = "import.started"
    KEY_ROTATED = "key.rotated"
    DEAD_LETTERS_REDRIVEN = "dead_letters.redriven"
    READ_MODELS_REPLACED = "read_models.replaced"
    ALERT_SET_ASIDE = "alert.set_aside"
    ALERT_TAKEN_BACK = "alert.taken_back"
    PLATES_PRINTED = "plates.printed"
    CASE_FILE_EXPORTED = "case_file.exported"
    REGISTERED = "registry.registered"
    CHANGED = "registry.changed"
    PHOTO_PUT = "inspector.photo_put"


@dataclass(frozen=True, kw_only=True)
class Act:
    """`subject` is of what: `account/<id>`, `enterprise/<id>`, `key/token-keys`. `account_id` is who: None when
    nobody had logged in. `details` hold ids, counts and names of fields: never names of people, numbers or secrets."""

    tag: Tag
    subject: str
    account_id: UUID | None = None
    details: dict[str, Any] = field(default_factory=dict[str, Any])
