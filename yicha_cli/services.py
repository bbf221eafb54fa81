"""The argument SERVICE of the roles: one or more services, or all."""

from __future__ import annotations

from typing import Any

import click

from services.chassis.settings import SERVICES, Service


class ServiceNames(click.ParamType["tuple[Service, ...]"]):
    name = "service"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Service, ...]:
        if isinstance(value, tuple) or value == "all":
            return SERVICES
        if value not in SERVICES:
            self.fail(f"{value!r} is none of {', '.join(SERVICES)}, all", param, ctx)
        return (value,)


service_argument = click.argument("names", metavar=f"[{'|'.join(SERVICES)}|all]", type=ServiceNames())
