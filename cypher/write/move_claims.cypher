// name: move_claims
// mode: write
// parameters:
//   rows: list<map> — element id of a claim, start and end: where it belongs, link: the key of its link there
// returns:
//   none
// doc: Hang claims where they belong. A relationship cannot change its ends, so an equal one takes its place.

UNWIND $rows AS row
MATCH ()-[old]->()
WHERE elementId(old) = row.element
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
WITH row, old, a, b, properties(old) AS properties, type(old) AS type
DELETE old
CREATE (a)-[c:$(type)]->(b)
SET c = properties, c.link = row.link
