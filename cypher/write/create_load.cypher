// name: create_load
// mode: write
// parameters:
//   load: map — what is known of it when it begins, without its number
// returns:
//   load_id: integer — its number
// doc: A load begins.

OPTIONAL MATCH (l:ZvenoLoad)
WITH coalesce(max(l.load_id), 0) + 1 AS number
CREATE (l:ZvenoLoad {load_id: number})
SET l += $load
RETURN l.load_id AS load_id
