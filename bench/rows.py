"""Many rows at once, as fast as each database takes them."""

from collections.abc import Iterable, Sequence

from django.db import connection, models

TOGETHER = 50_000


class Table:
    """Collects the rows of one model, with their own numbers, and writes them in batches."""

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        self.table = model._meta.db_table
        self.columns = columns
        self.rows: list[Sequence[object]] = []

    def add(self, *values: object) -> None:
        self.rows.append(values)
        if len(self.rows) >= TOGETHER:
            self.write()

    def write(self) -> None:
        columns = ", ".join(self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.table} ({columns}) FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f"INSERT INTO {self.table} ({columns}) VALUES ({places})", self.rows)
        self.rows = []


def settle(tables: Iterable[Table]) -> None:
    """Let the database count on from the numbers that were given, and look at what it has now."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                if "id" in table.columns:
                    cursor.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table.table}', 'id'),"
                        f" (SELECT COALESCE(MAX(id), 1) FROM {table.table}))"
                    )
        cursor.execute("ANALYZE")
