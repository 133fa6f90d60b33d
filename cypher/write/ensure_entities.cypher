// name: ensure_entities
// mode: write
// parameters:
//   ids: list<string> — entity ids
// returns:
//   none
// doc: Make sure that there is a node for each id; labels and names come from descriptions.

UNWIND $ids AS id
MERGE (:Entity {id: id})
