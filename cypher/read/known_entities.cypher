// name: known_entities
// mode: read
// parameters:
//   ids: list<string> — entity ids
// returns:
//   id: string — those that have a node
// doc: Which ids the graph knows.

UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN e.id AS id
