// name: create_observations
// mode: write
// parameters:
//   rows: list<map> — id, labels and properties of each observation
// returns:
//   none
// doc: The node of a figure that is between a subject and no other entity: one for each claim, under the claim's id.

UNWIND $rows AS row
MERGE (o:Entity {id: row.id})
SET o:$(row.labels), o += row.properties
