// name: note_stale
// mode: write
// parameters:
//   id: string — an entity whose claims are being moved
//   links: list<string> — keys of links that have to be drawn anew
// returns:
//   none
// doc: Remember, in the transaction that moves claims, which links they leave and which they reach.

MATCH (e:Entity {id: $id})
SET e.stale = coalesce(e.stale, []) + $links
