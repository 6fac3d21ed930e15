from django.db.backends.sqlite3.operations import DatabaseOperations as SqliteOperations


class DatabaseOperations(SqliteOperations):
    def force_group_by(self) -> list[str]:
        """Only SQLite before 3.39 needs a GROUP BY forced; Django asks the system's library."""
        return []
