// name: create_descriptions
// mode: write
// parameters:
//   rows: list<map> — start, end: ids of entity and document; claim: the properties of the claim
//   version: integer — the version that will hold them
//   load: integer — the load that states them
// returns:
//   none
// doc: New descriptions. What the record says are properties of the claim, each under its own name.

UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
CREATE (a)-[c:CLAIM_DESCRIBED_IN]->(b)
SET c = row.claim, c.live_id = c.claim_id, c.recorded = $version, c.load = $load, c.loads = [$load]
