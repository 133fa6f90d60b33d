// name: store_placement
// mode: write
// parameters:
//   rows: list<map> — id, merged_into and unit_id of each entity whose place changes
// returns:
//   none
// doc: Where merging leads from now on.

UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e.merged_into = row.merged_into, e.unit_id = row.unit_id
