"""The address inside a square: upper case throughout, so that the QR's alphanumeric mode carries it."""

from urllib.parse import urlsplit


def link(public_url: str, code: str) -> str:
    """`HTTPS://HOST/Q/<code>`; scheme and host do not mind the case, the path `/Q/` is ours."""
    address = urlsplit(public_url)
    return f"{address.scheme}://{address.netloc}/Q/{code}".upper()


def code_in(scanned: str) -> str:
    """The code in what a scanner read: a whole link of ours, or the bare code."""
    text = scanned.strip()
    _, slash, code = text.upper().rpartition("/Q/")
    return code if slash else text
