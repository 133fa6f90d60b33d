// name: mark_moving
// mode: write
// parameters:
//   rows: list<map> — id of an entity, and left: nodes that its claims may still hang on
// returns:
//   none
// doc: Note that claims about these ids may hang on nodes where they no longer belong.

UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e:ZvenoMoving, e.left = [place IN coalesce(e.left, []) WHERE NOT place IN row.left] + row.left
