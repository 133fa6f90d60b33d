// name: finish_moving
// mode: write
// parameters:
//   ids: list<string> — entities
// returns:
//   none
// doc: Note that all claims about these entities hang where they belong and their links are drawn.

UNWIND $ids AS id
MATCH (e:Entity {id: id})
REMOVE e:ZvenoMoving, e.left, e.stale
