from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.e2e import city
from tests.e2e.product import Product
from tour.where import Where
from tour.witness import Road


@pytest.fixture(scope="module")
def product(postgres, kafka3, tmp_path_factory) -> Generator[Product]:
    """A process for every web and worker role, on three brokers."""
    road = {
        "YICHA_EVENTS": "kafka",
        "YICHA_KAFKA_BOOTSTRAP": kafka3.bootstrap,
        "YICHA_KAFKA_REPLICATION": "3",
    }
    with postgres.database() as database:
        product = Product(database, road, tmp_path_factory.mktemp("product"))
        try:
            product.start()
            yield product
        finally:
            product.stop()
            for role in product.roles:
                print(" ".join(role.arguments), role.said())


@pytest.fixture(scope="module")
def where(product, kafka3) -> Where:
    road = Road(events="kafka", kafka_bootstrap=kafka3.bootstrap, kafka_replication=3)
    return Where(product.routes, road, city.founded(product), product.messages)
