"""A blueprint whose JSON bodies refuse repeated members and other content types."""

from typing import Any

import flask_smorest
from flask import current_app
from webargs.flaskparser import FlaskParser

from services.chassis.errors import UnsupportedMedia


class StrictParser(FlaskParser):
    DEFAULT_VALIDATION_STATUS = 422

    def load_json(self, req: Any, schema: Any) -> Any:
        body = req.get_data(cache=True)
        if not body:
            return {}
        if not req.is_json:
            raise UnsupportedMedia()
        return current_app.json.loads(body)


class Blueprint(flask_smorest.Blueprint):
    ARGUMENTS_PARSER = StrictParser()

    def arguments(self, schema: Any, **kwargs: Any) -> Any:
        """A schema class is made once, here, and not for every request: its fields are copied each time."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **kwargs)
