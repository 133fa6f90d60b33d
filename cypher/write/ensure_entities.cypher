// name: ensure_entities
// mode: write
// parameters:
//   ids: list<string> — entity ids
//   version: integer — the version that will be the first to know those that are new
// returns:
//   none
// doc: Make sure that there is a node for each id; labels and names come from descriptions.

UNWIND $ids AS id
MERGE (e:Entity {id: id})
ON CREATE SET e.known_since = $version
