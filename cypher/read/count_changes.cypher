// name: count_changes
// mode: read
// parameters:
//   version: integer — a version
// returns:
//   recorded: integer — claims that it added
//   retracted: integer — claims that it withdrew
// doc: What a version changed.

CALL () {
  MATCH ()-[c:CLAIM_SUPPLIES]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_SUPPLIES]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_OPERATES]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_OPERATES]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_OWNS]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_OWNS]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_LOCATED_IN]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_LOCATED_IN]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_PART_OF]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_PART_OF]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_BORDERS]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_BORDERS]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_PRODUCES]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_PRODUCES]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_NEEDS]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_NEEDS]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_REQUIRES]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_REQUIRES]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_EXPORTS_TO]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_EXPORTS_TO]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_SELLS_TO]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_SELLS_TO]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_COOPERATES_WITH]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_COOPERATES_WITH]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_MEMBER_OF]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_MEMBER_OF]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_PARTICIPATES_IN]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_PARTICIPATES_IN]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_HAS_STAGE]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_HAS_STAGE]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_HAS_ROLE]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_HAS_ROLE]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_USED_IN]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_USED_IN]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_CREATED_BY]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_CREATED_BY]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_SUPPLIERS_OF]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_SUPPLIERS_OF]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_CUSTOMERS_OF]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_CUSTOMERS_OF]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_PARTNERS_OF]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_PARTNERS_OF]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_MARKETS_OF]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_MARKETS_OF]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_HAS]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_HAS]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_DESCRIBED_IN]->() WHERE c.recorded = $version RETURN count(c) AS recorded, 0 AS retracted
  UNION ALL
  MATCH ()-[c:CLAIM_DESCRIBED_IN]->() WHERE c.retracted = $version RETURN 0 AS recorded, count(c) AS retracted
}
RETURN sum(recorded) AS recorded, sum(retracted) AS retracted
