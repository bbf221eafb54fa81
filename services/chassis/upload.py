"""Multipart forms: the fields and the files of one form are one schema, and others are refused."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import marshmallow as ma
from werkzeug.datastructures import FileStorage, MultiDict

from services.chassis.blueprint import Blueprint, StrictParser
from services.chassis.files import nameless


class UploadParser(StrictParser):
    def __init__(self) -> None:
        super().__init__()
        self.DEFAULT_UNKNOWN_BY_LOCATION = {**self.DEFAULT_UNKNOWN_BY_LOCATION, "files": None}

    def load_files(self, req: Any, schema: Any) -> Any:
        both: MultiDict[str, Any] = MultiDict(req.form)
        both.update(req.files)
        return self._makeproxy(both, schema)


class UploadBlueprint(Blueprint):
    ARGUMENTS_PARSER = UploadParser()


class File(ma.fields.Raw):
    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> FileStorage:
        if not isinstance(value, FileStorage):
            raise ma.ValidationError("应为文件 · must be a file")
        return value


@contextmanager
def on_disk(file: FileStorage) -> Generator[Path]:
    """Where the file lies as long as the block runs."""
    with nameless() as (spool, path):
        file.save(spool)
        spool.flush()
        file.close()
        yield path
