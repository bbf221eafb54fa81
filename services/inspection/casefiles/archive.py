"""The case file as one ZIP: the document, all of it as data, the evidence and the signed sheets as they were kept, and a signed
list of what is in it. Whoever has the file needs neither us nor a network to see that nothing was changed (docs/case-files.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile
from zoneinfo import ZoneInfo

import msgspec
from PIL import Image

from services.chassis.codes import Keyring
from services.chassis.codes.sheet import sign_sheet
from services.inspection import paper
from services.inspection.casefiles.document import document
from services.inspection.casefiles.model import CaseFile, picture_name

_HERE = Path(__file__).parent
_SHOWN_PIXELS = 1000
"""Of the longer side, on paper 8 cm wide."""
_PICTURES, _FOR_PAPER = "evidence", "paper"


def lay_out(pictures: Iterable[tuple[UUID, bytes]], case: CaseFile, folder: Path) -> None:
    """Each picture as it was kept, under its name in the archive."""
    names = {one.evidence_id: picture_name(place, one) for place, one in enumerate(case.evidence, 1)}
    (folder / _PICTURES).mkdir()
    for evidence_id, content in pictures:
        (folder / _PICTURES / names[evidence_id]).write_bytes(content)


def pack(case: CaseFile, folder: Path, into: IO[bytes], keyring: Keyring, zone: ZoneInfo) -> str:
    """The SHA-256 of its list. `folder` holds the pictures, laid out."""
    files = dict(_written(case, folder, keyring, zone))
    pictures = sorted((folder / _PICTURES).iterdir())
    sums = {name: sha256(content).hexdigest() for name, content in files.items()}
    sums |= {f"{_PICTURES}/{path.name}": sha256(path.read_bytes()).hexdigest() for path in pictures}
    listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    digest = sha256(listed).hexdigest()
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for path in pictures:
            archive.write(path, f"{_PICTURES}/{path.name}", ZIP_STORED)
        archive.writestr("SHA256SUMS", listed)
        archive.writestr("SHA256SUMS.jws", sign_sheet(_sealed(case, digest, sums), keyring))
    return digest


def _written(case: CaseFile, folder: Path, keyring: Keyring, zone: ZoneInfo) -> Iterator[tuple[str, bytes]]:
    yield "案卷.pdf", _pdf(case, folder, zone)
    yield "case.json", msgspec.json.format(msgspec.json.encode(case), indent=2)
    for one in case.happened.sheets:
        yield f"receipts/{one.kind}-{one.sheet_id}.jws", one.token.encode()
    yield "code-keys.json", json.dumps({"keys": keyring.published()}, indent=2).encode()
    yield "说明 README.txt", (_HERE / "README.txt").read_bytes()


def _pdf(case: CaseFile, folder: Path, zone: ZoneInfo) -> bytes:
    """With the pictures smaller than they were kept: beside the document lies each as it is."""
    shown = folder / _FOR_PAPER
    shown.mkdir()
    for path in (folder / _PICTURES).iterdir():
        with Image.open(path) as picture:
            picture.draft("RGB", (_SHOWN_PIXELS, _SHOWN_PIXELS))
            picture.thumbnail((_SHOWN_PIXELS, _SHOWN_PIXELS))
            picture.save(shown / path.name, picture.format, quality=80)
    return paper.pages(_HERE / "case_file.typ", {"case": document(case, zone)}, root=shown)[0]


def _sealed(case: CaseFile, digest: str, sums: Mapping[str, str]) -> dict[str, Any]:
    return {
        "kind": "case_file",
        "order_id": str(case.order.order_id),
        "number": case.number,
        "made_at": case.made_at.isoformat(),
        "final": case.final,
        "sha256sums": digest,
        "files": dict(sums),
    }
