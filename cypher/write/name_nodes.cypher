// name: name_nodes
// mode: write
// parameters:
//   rows: list<map> — element id of a node that was drawn by hand, and the id that it gets
// returns:
//   none
// doc: Make nodes drawn by hand entities, unless the graph has an entity of that id already.

UNWIND $rows AS row
MATCH (n)
WHERE elementId(n) = row.element
OPTIONAL MATCH (known:Entity {id: row.id})
WITH n, row, known
WHERE known IS NULL
SET n:Entity, n.id = row.id
