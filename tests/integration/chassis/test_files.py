"""Files that no kill leaves behind."""

import tempfile
from io import BytesIO

from werkzeug.datastructures import FileStorage

from services.chassis.upload import on_disk


def test_an_upload_lies_nowhere_that_a_kill_would_leave_it(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content = "企业名称,联系电话\n".encode() * 9999
    with on_disk(FileStorage(BytesIO(content))) as path:
        assert list(tmp_path.iterdir()) == []
        assert path.stat().st_size == len(content)
        with path.open("rb") as one, path.open("rb") as other:
            assert one.read(5) == other.read(5) == content[:5]
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == []
