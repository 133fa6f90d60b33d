// name: link_starts
// mode: read
// parameters:
//   ids: list<string> — which entities; null for all
// returns:
//   id: string — an entity
//   links: integer — at most so many links begin there
// doc: Where links begin, with what tells how many fit one transaction.

CALL () {
  UNWIND $ids AS id
  MATCH (a:Entity {id: id})
  RETURN a
  UNION ALL
  MATCH (a:Entity)
  WHERE $ids IS NULL
  RETURN a
}
WITH a
WHERE NOT a:Document AND NOT a:Source AND NOT a:Observation
RETURN a.id AS id, COUNT { (a)-[]->() } AS links
