// name: drop_entities
// mode: write
// parameters:
//   version: integer — a version that was never completed
// returns:
//   none
// doc: Remove the entities that only a load that was cut off has named; run after its claims are gone.

MATCH (e:Entity)
WHERE e.known_since = $version AND e.merged_into IS NULL AND e.unit_id IS NULL AND NOT EXISTS { (e)--() }
CALL (e) {
  DELETE e
} IN TRANSACTIONS OF 5000 ROWS
