"""The Neo4j schema: numbered migrations under ``cypher/schema/``, and the properties of a claim in the graph."""

from __future__ import annotations

from graph_service.domain.schema import FIELDS
from graph_service.errors import StoreNewer
from graph_service.store.cypher_files import cypher_paths, read_cypher
from graph_service.store.neo4j.connection import Connection

STORED = tuple(field for field in FIELDS if not field.derived)
PROPERTIES = tuple(field for field in FIELDS if field.name not in ("type", "attributes"))
"""What a claim's relationship carries; its type is the relationship's, attributes are properties by themselves."""


def migrate(connection: Connection) -> None:
    """Apply the migrations that the database lacks; each may be applied twice without harm.

    Raises:
        StoreNewer: the database has more migrations than this program knows.
    """
    migrations = cypher_paths("schema")
    rows = connection.read("read/meta")
    found = rows[0]["schema"] if rows else 0
    if found > len(migrations):
        raise StoreNewer(
            f"{connection.uri} has schema {found}, this program knows {len(migrations)}: "
            "install the newer Zveno that wrote it"
        )
    for number, path in enumerate(migrations, start=1):
        if number <= found:
            continue
        for statement in read_cypher(path).statements:
            connection.define(statement)
        connection.write("write/set_schema", number=number)
