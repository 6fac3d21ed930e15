"""Django's SQLite backend on the SQLite library that pysqlite3 carries, with options that keep words safe.

ENGINE is ``communis.database.backend``. Why not the system's library: docs/decisions/0001.
"""
