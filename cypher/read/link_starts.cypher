// name: link_starts
// mode: read
// parameters:
//   none
// returns:
//   id: string — an entity
//   claims: integer — about how many links may begin there
// doc: Where links may begin, with what tells how many fit one transaction.

MATCH (a:Entity)
WHERE NOT a:Document AND NOT a:Source AND NOT a:Observation
RETURN a.id AS id, COUNT { (a)-[]->() } AS claims
