"""How a token is handed out."""

from __future__ import annotations

from typing import Any

from flask import current_app

from services.chassis.identity import Principal
from services.chassis.identity.tokens import Issuer

SECONDS = 3600


def issuer() -> Issuer:
    return current_app.extensions["registry.issuer"]


def issued(principal: Principal) -> dict[str, Any]:
    return {
        "access_token": issuer().issue(principal, SECONDS),
        "token_type": "Bearer",
        "expires_in": SECONDS,
    }
