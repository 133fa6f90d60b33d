// name: drop_claims
// mode: write
// parameters:
//   version: integer — a version that was never completed
// returns:
//   none
// doc: Remove the claims that a load that was cut off has written, and the observations that go with them.

MATCH ()-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS|CLAIM_DESCRIBED_IN]->(b)
WHERE c.recorded = $version
CALL (c, b) {
  DELETE c
  WITH DISTINCT b
  WHERE b:Observation AND NOT EXISTS { (b)--() }
  DELETE b
} IN TRANSACTIONS OF 2000 ROWS
