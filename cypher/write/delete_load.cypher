// name: delete_load
// mode: write
// parameters:
//   load_id: integer — a load
// returns:
//   none
// doc: Forget a load that repeated an earlier one.

MATCH (l:ZvenoLoad {load_id: $load_id})
DELETE l
