"""For forked processes: they follow their parent."""

import os
import threading
import time


def follow_parent() -> None:
    """A parent killed with −9 cannot stop its children, and they would keep its port: each leaves by itself."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()
