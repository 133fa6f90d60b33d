// name: links_of
// mode: read
// parameters:
//   id: string — an entity
// returns:
//   link: string — key of a link or of a claim's link that begins there
// doc: The links of a node that has too many for one transaction.

MATCH (:Entity {id: $id})-[r]->()
WHERE r.link IS NOT NULL
RETURN DISTINCT r.link AS link
