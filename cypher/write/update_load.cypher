// name: update_load
// mode: write
// parameters:
//   load_id: integer — a load
//   properties: map — what is to be set
// returns:
//   none
// doc: Change what is known of a load.

MATCH (l:ZvenoLoad {load_id: $load_id})
SET l += $properties
