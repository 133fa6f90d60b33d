// name: owners
// ru: Кому принадлежит предприятие?
// en: Who owns a firm?
// mode: read
// parameters:
//   name: string — part of the firm's name
// returns:
//   owner: string — who
//   owned: string — what
//   share: float — at least this part of it, where stated
// doc: Ownership stays on the company; running a plant is OPERATES.

MATCH (owner)-[r:OWNS]->(owned:Entity)
WHERE owned.name CONTAINS $name
RETURN owner.name AS owner, owned.name AS owned, r.share_min AS share
ORDER BY owner, owned
