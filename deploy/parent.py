"""For forked processes: they follow their parent."""

import os
import threading
import time

_PARENT = "YICHA_PARENT"


def lead_children() -> None:
    """Called by the parent before its first child: one that starts as the parent dies must know whom it lost."""
    os.environ[_PARENT] = str(os.getpid())


def follow_parent() -> None:
    """A parent killed with −9 cannot stop its children, and they would keep its port: each leaves by itself."""
    parent = int(os.environ[_PARENT])

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()
