"""What Django needs of a backend, on the library that pysqlite3 carries."""

import datetime
import decimal
import uuid
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import IntegrityError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import TruncMonth
from django.test.utils import isolate_apps

from tests.database.conftest import ALIAS

NOON = datetime.datetime(2031, 5, 17, 12, 0, 0, 123456, tzinfo=datetime.UTC)


@pytest.fixture
def everything(embedded: BaseDatabaseWrapper) -> Iterator[type[models.Model]]:
    with isolate_apps("communis"):

        class Everything(models.Model):
            text = models.TextField(default="", unique=True)
            count = models.PositiveIntegerField(default=0)
            day = models.DateField(null=True)
            at = models.DateTimeField(null=True)
            clock = models.TimeField(null=True)
            span = models.DurationField(null=True)
            price = models.DecimalField(max_digits=9, decimal_places=2, null=True)
            share = models.FloatField(null=True)
            yes = models.BooleanField(null=True)
            key = models.UUIDField(null=True)
            raw = models.BinaryField(null=True)
            address = models.GenericIPAddressField(null=True)
            data = models.JSONField(null=True)

            class Meta:
                app_label = "communis"

        with embedded.schema_editor() as editor:
            editor.create_model(Everything)
        yield Everything


def test_every_kind_of_field_comes_back_as_it_went_in(everything: type[models.Model]) -> None:
    given = {
        "text": "Å, räksmörgås 🌿",
        "count": 3,
        "day": NOON.date(),
        "at": NOON,
        "clock": datetime.time(7, 30, 1),
        "span": datetime.timedelta(days=2, seconds=3, microseconds=4),
        "price": decimal.Decimal("12.50"),
        "share": 0.25,
        "yes": True,
        "key": uuid.UUID(int=77),
        "raw": b"\x00\xff",
        "address": "2001:db8::1",
        "data": {"å": [1, None, True, "x"]},
    }
    made = everything.objects.using(ALIAS).create(**given)
    kept = everything.objects.using(ALIAS).values(*given).get(pk=made.pk)
    assert kept == given


def test_json_dates_and_patterns_can_be_asked_for(everything: type[models.Model]) -> None:
    rows = everything.objects.using(ALIAS)
    rows.create(text="bro", at=NOON, data={"about": {"place": "Åvinge"}})
    rows.create(text="väg", at=NOON + datetime.timedelta(days=40), data={"about": {"place": "Ekby"}})
    assert rows.get(data__about__place="Åvinge").text == "bro"
    assert rows.get(text__regex="^v.g$").text == "väg"
    assert rows.annotate(month=TruncMonth("at")).values("month").distinct().count() == 2
    assert rows.aggregate(spread=models.StdDev("count"))["spread"] == 0


def test_inserted_keys_come_back_at_once(everything: type[models.Model]) -> None:
    made = everything.objects.using(ALIAS).bulk_create([everything(text=f"{n}") for n in range(300)])
    assert [row.pk for row in made] == list(range(1, 301))


def test_returning_outside_a_transaction_is_committed_when_the_statement_returns(
    embedded: BaseDatabaseWrapper,
) -> None:
    with embedded.cursor() as cursor:
        cursor.execute("CREATE TABLE word (id integer PRIMARY KEY, text text)")
        cursor.execute("INSERT INTO word (text) VALUES ('a'), ('b'), ('c') RETURNING id")
        other = embedded.copy()
        with other.cursor() as onlooker:
            onlooker.execute("SELECT count(*) FROM word")
            assert onlooker.fetchone() == (3,)
            onlooker.execute("INSERT INTO word (text) VALUES ('d')")
        other.close()
        assert cursor.fetchone() == (1,)
        assert cursor.fetchmany(1) == [(2,)]
        assert list(cursor) == [(3,)]
        assert cursor.fetchone() is None


def test_a_broken_rule_is_an_integrity_error(everything: type[models.Model]) -> None:
    rows = everything.objects.using(ALIAS)
    rows.create(text="once")
    with pytest.raises(IntegrityError):
        rows.create(text="once")
    with pytest.raises(IntegrityError), transaction.atomic(using=ALIAS):
        rows.create(text="less", count=-1)
    rows.create(text="after")
    assert rows.count() == 2


def test_full_text_search_is_there_and_works_with_an_untrusted_schema(embedded: BaseDatabaseWrapper) -> None:
    with embedded.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE words USING fts5(body)")
        cursor.execute("INSERT INTO words VALUES (%s)", ["en bro över ån"])
        cursor.execute("SELECT body FROM words WHERE words MATCH %s", ["bro"])
        assert cursor.fetchall() == [("en bro över ån",)]


def test_named_parameters_and_many_rows(embedded: BaseDatabaseWrapper) -> None:
    with embedded.cursor() as cursor:
        cursor.execute("CREATE TABLE word (text text)")
        cursor.executemany("INSERT INTO word VALUES (%(text)s)", ({"text": word} for word in "abc"))
        cursor.execute("SELECT text, '100%%' FROM word WHERE text > %(least)s", {"least": "a"})
        assert cursor.fetchall() == [("b", "100%"), ("c", "100%")]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("mmap_size", 0),
        ("busy_timeout", 20000),
    ],
)
def test_options_are_in_force(embedded: BaseDatabaseWrapper, pragma: str, value: str | int) -> None:
    with embedded.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def test_transactions_begin_immediate(embedded: BaseDatabaseWrapper) -> None:
    said: list[str] = []
    embedded.ensure_connection()
    embedded.connection.set_trace_callback(said.append)
    with transaction.atomic(using=ALIAS):
        pass
    embedded.connection.set_trace_callback(None)
    assert said == ["BEGIN IMMEDIATE", "COMMIT"]


def test_options_cannot_be_loosened(embedded: BaseDatabaseWrapper) -> None:
    connections.settings[ALIAS]["OPTIONS"] = {"init_command": "PRAGMA synchronous=OFF"}
    with pytest.raises(ImproperlyConfigured, match="fixed in its backend"):
        embedded.ensure_connection()


def test_there_is_no_shell(embedded: BaseDatabaseWrapper) -> None:
    with pytest.raises(CommandError, match="VACUUM INTO"):
        embedded.client.runshell([])
