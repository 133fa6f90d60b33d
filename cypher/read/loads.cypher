// name: loads
// mode: read
// parameters:
//   none
// returns:
//   load: map — everything about a load
// doc: All loads, in the order they began.

MATCH (l:ZvenoLoad)
RETURN properties(l) AS load
ORDER BY l.load_id
