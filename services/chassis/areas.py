"""Areas by their codes (GB/T 2260)."""


def prefix_of(area_code: str) -> str:
    """An area's code without the zeros that stand for “all of it”: 320000 → 32, 321300 → 3213."""
    head, tail = area_code[:6], area_code[6:].rstrip("0")
    if tail:
        return head + tail
    return head[:2] if head.endswith("0000") else head.removesuffix("00")
