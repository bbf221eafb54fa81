"""`yicha events …`: look at the road and mend it."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from threading import Event as Flag
from typing import Any
from uuid import UUID

import click
import psycopg
from psycopg_pool import ConnectionPool

from events import asyncapi, dead_letters, publication, tail
from events.dead_letters import DeadLetter, Witness
from events.errors import Disconnected
from events.model import CATALOGUE, Topic
from events.replay import from_ledgers, from_topics
from events.subscription import Subscription
from events.transports import Transport, open_transport

TOPICS = [str(topic) for topic in Topic]


@dataclass(frozen=True)
class Road:
    """What `open_transport` asks of settings, from YICHA_* variables or options; and who writes down what was
    mended by hand."""

    events: str
    kafka_bootstrap: str
    event_log_url: str
    kafka_replication: int = 1
    witness: Witness | None = None


@click.group()
@click.option(
    "--road",
    envvar="YICHA_EVENTS",
    type=click.Choice(["kafka", "postgres"]),
    default="postgres",
    show_default=True,
)
@click.option("--bootstrap", envvar="YICHA_KAFKA_BOOTSTRAP", default="", help="Kafka's brokers.")
@click.option("--event-log-url", envvar="YICHA_EVENT_LOG_URL", default="", help="The log in Postgres.")
@click.pass_context
def events(context: click.Context, road: str, bootstrap: str, event_log_url: str) -> None:
    """Look at the road of events and mend it. Configured by YICHA_* variables, like the services."""
    context.obj = Road(road, bootstrap, event_log_url, witness=context.obj)


def _open(road: Road) -> Transport:
    if not (road.kafka_bootstrap if road.events == "kafka" else road.event_log_url):
        missing = "YICHA_KAFKA_BOOTSTRAP" if road.events == "kafka" else "YICHA_EVENT_LOG_URL"
        raise click.ClickException(f"missing: {missing}")
    return open_transport(road)


def _topics(given: Sequence[str]) -> list[str]:
    return list(given) or TOPICS


topic_option = click.option("--topic", "topics", multiple=True, help="Of all topics when not given.")


@events.command()
@topic_option
@click.pass_obj
def position(road: Road, topics: Sequence[str]) -> None:
    """How many records each topic has, and how many wait for each group."""
    transport = _open(road)
    try:
        _print_positions(transport, _topics(topics))
    except Disconnected as error:
        raise click.ClickException(str(error)) from error


def _print_positions(transport: Transport, topics: Sequence[str]) -> None:
    ends = transport.ends(topics)
    for topic in topics:
        click.echo(f"{topic:24} {sum(end for place, end in ends.items() if place.topic == topic):>12}")
    for group in transport.groups():
        positions = transport.positions(group, topics)
        for topic in sorted({place.topic for place in positions}):
            waiting = sum(end - positions.get(at, 0) for at, end in ends.items() if at.topic == topic)
            click.echo(f"{topic:24} {waiting:>12} waiting for {group}")


@events.command("tail")
@topic_option
@click.option("--from-start", is_flag=True, help="All there is, not only what comes now.")
@click.option("--follow", "-f", is_flag=True, help="Go on until interrupted.")
@click.option("--correlation", help="Only what one request caused.")
@click.pass_obj
def tail_(road: Road, topics: Sequence[str], from_start: bool, follow: bool, correlation: str | None) -> None:
    """Print events, one JSON object a line."""
    transport = _open(road)
    try:
        mark = (tail.start if from_start else tail.now)(transport, _topics(topics))
        for seen in tail.since(transport, mark, correlation_id=correlation, follow=follow or not from_start):
            click.echo(_line(seen))
    except Disconnected as error:
        raise click.ClickException(str(error)) from error


def _line(seen: tail.Seen) -> str:
    record, envelope = seen.record, seen.envelope
    line: dict[str, object] = {"topic": record.topic, "partition": record.partition, "offset": record.offset}
    if envelope is None:
        return json.dumps(line | {"problem": seen.problem}, ensure_ascii=False)
    line |= {
        "id": str(envelope.id),
        "type": envelope.type,
        "source": envelope.source,
        "subject": envelope.subject,
        "time": envelope.time.isoformat(),
        "version": envelope.version,
        "correlation_id": envelope.correlation_id,
        "event": json.loads(envelope.payload),
    }
    return json.dumps(line, ensure_ascii=False)


@events.command()
@click.option("--publish", is_flag=True, help="Write events/catalogue/published; refuses what breaks it.")
def catalogue(publish: bool) -> None:
    """Every event: who owns it, where it travels, who listens."""
    if publish:
        try:
            changed = publication.publish()
        except publication.BreakingChange as error:
            raise click.ClickException(f"publish it as the next version:\n{error}") from error
        click.echo("\n".join(changed) or "nothing new")
        return
    for cls in CATALOGUE.values():
        contract = cls.contract
        key = contract.key or "(random)"
        click.echo(f"{contract.type:44} {contract.topic:24} {key:14} → {', '.join(contract.consumers)}")


@events.command("asyncapi")
def asyncapi_() -> None:
    """Print the AsyncAPI 3 document of all events."""
    click.echo(asyncapi.render(), nl=False)


@events.group("dead-letters")
def letters() -> None:
    """Events that a service could not apply."""


def _service_url(service: str, url: str | None) -> str:
    variable = f"YICHA_{service.upper()}_DATABASE_URL"
    found = url or os.environ.get(variable)
    if not found:
        raise click.ClickException(f"missing: {variable}, or --database-url")
    return found


service_option = click.option("--service", required=True, help="The service that listens, e.g. oversight.")
url_option = click.option("--database-url", help="Else YICHA_<SERVICE>_DATABASE_URL.")
group_option = click.option("--group", help="Only of this consumer group.")


@letters.command("list")
@service_option
@url_option
@group_option
@click.option(
    "--state", type=click.Choice(["open", "requested", "resolved"]), default="open", show_default=True
)
@click.option("--limit", default=50, show_default=True)
def list_(service: str, database_url: str | None, group: str | None, state: str, limit: int) -> None:
    """The oldest first."""
    with psycopg.connect(_service_url(service, database_url)) as connection:
        found = dead_letters.listed(connection, consumer=group, state=state, limit=limit)
    for letter in found:
        click.echo(_brief(letter))


@letters.command()
@service_option
@url_option
@click.argument("letter", type=click.UUID)
def show(service: str, database_url: str | None, letter: UUID) -> None:
    """All that is known of one, with its bytes."""
    with psycopg.connect(_service_url(service, database_url)) as connection:
        found = dead_letters.get(connection, letter)
    if found is None:
        raise click.ClickException(f"there is no dead letter {letter}")
    for name in DeadLetter.__slots__:
        click.echo(f"{name:16} {getattr(found, name)}")


@letters.command()
@service_option
@url_option
@group_option
@click.option("--id", "ids", type=click.UUID, multiple=True, help="Only these; may be given again.")
@click.option("--dry-run", is_flag=True, help="Say which, and do nothing.")
@click.pass_obj
def redrive(
    road: Road, service: str, database_url: str | None, group: str | None, ids: Sequence[UUID], dry_run: bool
) -> None:
    """Have the service apply open letters again, when what was wrong is mended.

    Its worker does so, under the same key, once each; what fails again is an open letter again.
    """
    with psycopg.connect(_service_url(service, database_url)) as connection:
        found = dead_letters.request_redrive(
            connection, consumer=group, ids=ids or None, dry_run=dry_run, witness=road.witness
        )
    for letter in found:
        click.echo(_brief(letter))
    click.echo(f"{len(found)} {'would be' if dry_run else 'are'} applied again")


def _brief(letter: DeadLetter) -> str:
    return (
        f"{letter.id} {letter.first_failed_at:%Y-%m-%d %H:%M:%S} {letter.consumer} "
        f"{letter.topic}/{letter.partition}/{letter.offset} {letter.type or '?'} "
        f"attempts={letter.attempts} replays={letter.replays} {letter.error[:120]}"
    )


@events.command()
@click.argument("subscriptions")
@click.option("--group", required=True, help="Which of them.")
@click.option("--as", "new_group", required=True, help="The group that remembers this replay.")
@click.option("--ledger", "ledgers", multiple=True, help="Read outboxes, by database URL, instead of topics.")
@url_option
@click.pass_obj
def replay(
    road: Road,
    subscriptions: str,
    group: str,
    new_group: str,
    ledgers: Sequence[str],
    database_url: str | None,
) -> None:
    """Apply history again, as a new group, up to now. Broken off, it goes on where it was.

    SUBSCRIPTIONS is where they are found, e.g. services.oversight.worker:subscriptions. Their tables should be new
    ones: what a group applied once, another group applies again.
    """
    found = [one for one in _subscriptions(subscriptions) if one.group == group]
    if not found:
        raise click.ClickException(f"{subscriptions} knows no group {group}")
    subscription = dataclasses.replace(found[0], group=new_group)
    with ConnectionPool(_service_url(subscription.service, database_url), min_size=1, open=True) as pool:
        taken = _replay(road, subscription, pool, ledgers)
    click.echo(f"{taken} records were applied as {new_group}")


def _subscriptions(path: str) -> Sequence[Subscription]:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)()


def _replay(road: Road, subscription: Subscription, pool: ConnectionPool[Any], ledgers: Sequence[str]) -> int:
    with ExitStack() as opened:
        connections = [opened.enter_context(psycopg.connect(url, autocommit=True)) for url in ledgers]
        if connections:
            return from_ledgers(subscription, pool, connections, Flag())
        return from_topics(subscription, pool, _open(road), Flag())
