// name: write_documents
// mode: write
// parameters:
//   rows: list<map> — id, source (its id) and properties of each document
// returns:
//   none
// doc: Documents as decided by the caller, each tied to its source; a known one gets the newer properties.

UNWIND $rows AS row
MATCH (s:Entity {id: row.source})
MERGE (d:Entity {id: row.id})
SET d:Document, d += row.properties, d.publisher = s.name
MERGE (d)-[:PUBLISHED_BY]->(s)
