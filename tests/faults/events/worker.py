"""A worker to be killed: relays one outbox and applies what arrives, until the end.

python -m tests.faults.events.worker ROAD PRODUCER_URL CONSUMER_URL GROUP
"""

import sys
import threading
from types import SimpleNamespace

from psycopg_pool import ConnectionPool

from events.consumer import Consumer
from events.relay import Relay
from events.transports import open_transport
from tests.integration.events.conftest import insert_effects, subscribe


def main(kind: str, address: str, producer_url: str, consumer_url: str, group: str) -> None:
    transport = open_transport(
        SimpleNamespace(events=kind, kafka_bootstrap=address, event_log_url=address, kafka_replication=1)
    )
    stop = threading.Event()
    relay = Relay(producer_url, transport, service="inspection", batch=20)
    threading.Thread(target=relay.run, args=(stop,), daemon=True).start()
    with ConnectionPool(consumer_url, min_size=1, open=True) as pool:
        subscription = subscribe(group, insert_effects(group), batch=20)
        Consumer(subscription, pool, transport).run(stop)


if __name__ == "__main__":
    main(*sys.argv[1:])
