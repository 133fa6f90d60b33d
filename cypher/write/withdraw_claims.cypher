// name: withdraw_claims
// mode: write
// parameters:
//   ids: list<string> — claim ids
//   version: integer — the version that no longer holds them
//   for_good: boolean — whether loading their source again must not bring them back
// returns:
//   withdrawn: integer — how many were live
// doc: Withdraw claims. By hand live_id stays, so that loading their source again does not bring them back.

CALL () {
  UNWIND $ids AS id MATCH ()-[c:CLAIM_SUPPLIES {live_id: id}]->() USING INDEX c:CLAIM_SUPPLIES(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_OPERATES {live_id: id}]->() USING INDEX c:CLAIM_OPERATES(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_OWNS {live_id: id}]->() USING INDEX c:CLAIM_OWNS(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_LOCATED_IN {live_id: id}]->() USING INDEX c:CLAIM_LOCATED_IN(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_PART_OF {live_id: id}]->() USING INDEX c:CLAIM_PART_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_BORDERS {live_id: id}]->() USING INDEX c:CLAIM_BORDERS(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_PRODUCES {live_id: id}]->() USING INDEX c:CLAIM_PRODUCES(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_NEEDS {live_id: id}]->() USING INDEX c:CLAIM_NEEDS(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_REQUIRES {live_id: id}]->() USING INDEX c:CLAIM_REQUIRES(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_EXPORTS_TO {live_id: id}]->() USING INDEX c:CLAIM_EXPORTS_TO(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_SELLS_TO {live_id: id}]->() USING INDEX c:CLAIM_SELLS_TO(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_COOPERATES_WITH {live_id: id}]->() USING INDEX c:CLAIM_COOPERATES_WITH(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_MEMBER_OF {live_id: id}]->() USING INDEX c:CLAIM_MEMBER_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_PARTICIPATES_IN {live_id: id}]->() USING INDEX c:CLAIM_PARTICIPATES_IN(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_HAS_STAGE {live_id: id}]->() USING INDEX c:CLAIM_HAS_STAGE(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_HAS_ROLE {live_id: id}]->() USING INDEX c:CLAIM_HAS_ROLE(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_USED_IN {live_id: id}]->() USING INDEX c:CLAIM_USED_IN(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_CREATED_BY {live_id: id}]->() USING INDEX c:CLAIM_CREATED_BY(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_UNNAMED_SUPPLIERS_OF {live_id: id}]->() USING INDEX c:CLAIM_UNNAMED_SUPPLIERS_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_UNNAMED_CUSTOMERS_OF {live_id: id}]->() USING INDEX c:CLAIM_UNNAMED_CUSTOMERS_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_UNNAMED_PARTNERS_OF {live_id: id}]->() USING INDEX c:CLAIM_UNNAMED_PARTNERS_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_UNNAMED_MARKETS_OF {live_id: id}]->() USING INDEX c:CLAIM_UNNAMED_MARKETS_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_HAS {live_id: id}]->() USING INDEX c:CLAIM_HAS(live_id) RETURN c
  UNION ALL
  UNWIND $ids AS id MATCH ()-[c:CLAIM_DESCRIBED_IN {live_id: id}]->() USING INDEX c:CLAIM_DESCRIBED_IN(live_id) RETURN c
}
WITH c WHERE c.retracted IS NULL
SET c.retracted = $version, c.live_id = CASE WHEN $for_good THEN c.live_id END
RETURN count(c) AS withdrawn
