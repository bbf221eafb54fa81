import psycopg
import pytest

from services.chassis.settings import SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_sees_no_table_of_another(database, service):
    with psycopg.connect(database.url(service), autocommit=True) as connection:
        for other in set(SERVICES) - {service}:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT 1 FROM {other}.outbox")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_may_not_create_outside_its_schema(database, service):
    with psycopg.connect(database.url(service), autocommit=True) as connection:
        for statement in (
            "CREATE SCHEMA elsewhere",
            "CREATE TABLE public.elsewhere ()",
            "CREATE ROLE elsewhere",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
