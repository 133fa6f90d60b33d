// name: known_claims
// mode: read
// parameters:
//   ids: map<list<string>> — claim ids by relation type
//   load: integer — the load that states them now
// returns:
//   claim_id: string — a claim_id that is in use
//   retracted: boolean — a person has withdrawn it
//   stated: boolean — this load is already among those that state it
// doc: Which of these claims the graph has. One branch a type, because an index on relationships serves one type.
//   The hints matter: a plan made while the graph was empty would look through all claims for each id, and is kept.

CALL () {
  UNWIND $ids.SUPPLIES AS id MATCH ()-[c:CLAIM_SUPPLIES {live_id: id}]->() USING INDEX c:CLAIM_SUPPLIES(live_id) RETURN c
  UNION ALL
  UNWIND $ids.OPERATES AS id MATCH ()-[c:CLAIM_OPERATES {live_id: id}]->() USING INDEX c:CLAIM_OPERATES(live_id) RETURN c
  UNION ALL
  UNWIND $ids.OWNS AS id MATCH ()-[c:CLAIM_OWNS {live_id: id}]->() USING INDEX c:CLAIM_OWNS(live_id) RETURN c
  UNION ALL
  UNWIND $ids.LOCATED_IN AS id MATCH ()-[c:CLAIM_LOCATED_IN {live_id: id}]->() USING INDEX c:CLAIM_LOCATED_IN(live_id) RETURN c
  UNION ALL
  UNWIND $ids.PART_OF AS id MATCH ()-[c:CLAIM_PART_OF {live_id: id}]->() USING INDEX c:CLAIM_PART_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids.BORDERS AS id MATCH ()-[c:CLAIM_BORDERS {live_id: id}]->() USING INDEX c:CLAIM_BORDERS(live_id) RETURN c
  UNION ALL
  UNWIND $ids.PRODUCES AS id MATCH ()-[c:CLAIM_PRODUCES {live_id: id}]->() USING INDEX c:CLAIM_PRODUCES(live_id) RETURN c
  UNION ALL
  UNWIND $ids.NEEDS AS id MATCH ()-[c:CLAIM_NEEDS {live_id: id}]->() USING INDEX c:CLAIM_NEEDS(live_id) RETURN c
  UNION ALL
  UNWIND $ids.REQUIRES AS id MATCH ()-[c:CLAIM_REQUIRES {live_id: id}]->() USING INDEX c:CLAIM_REQUIRES(live_id) RETURN c
  UNION ALL
  UNWIND $ids.EXPORTS_TO AS id MATCH ()-[c:CLAIM_EXPORTS_TO {live_id: id}]->() USING INDEX c:CLAIM_EXPORTS_TO(live_id) RETURN c
  UNION ALL
  UNWIND $ids.SELLS_TO AS id MATCH ()-[c:CLAIM_SELLS_TO {live_id: id}]->() USING INDEX c:CLAIM_SELLS_TO(live_id) RETURN c
  UNION ALL
  UNWIND $ids.COOPERATES_WITH AS id MATCH ()-[c:CLAIM_COOPERATES_WITH {live_id: id}]->() USING INDEX c:CLAIM_COOPERATES_WITH(live_id) RETURN c
  UNION ALL
  UNWIND $ids.MEMBER_OF AS id MATCH ()-[c:CLAIM_MEMBER_OF {live_id: id}]->() USING INDEX c:CLAIM_MEMBER_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids.PARTICIPATES_IN AS id MATCH ()-[c:CLAIM_PARTICIPATES_IN {live_id: id}]->() USING INDEX c:CLAIM_PARTICIPATES_IN(live_id) RETURN c
  UNION ALL
  UNWIND $ids.HAS_STAGE AS id MATCH ()-[c:CLAIM_HAS_STAGE {live_id: id}]->() USING INDEX c:CLAIM_HAS_STAGE(live_id) RETURN c
  UNION ALL
  UNWIND $ids.HAS_ROLE AS id MATCH ()-[c:CLAIM_HAS_ROLE {live_id: id}]->() USING INDEX c:CLAIM_HAS_ROLE(live_id) RETURN c
  UNION ALL
  UNWIND $ids.USED_IN AS id MATCH ()-[c:CLAIM_USED_IN {live_id: id}]->() USING INDEX c:CLAIM_USED_IN(live_id) RETURN c
  UNION ALL
  UNWIND $ids.CREATED_BY AS id MATCH ()-[c:CLAIM_CREATED_BY {live_id: id}]->() USING INDEX c:CLAIM_CREATED_BY(live_id) RETURN c
  UNION ALL
  UNWIND $ids.UNNAMED_SUPPLIERS_OF AS id MATCH ()-[c:CLAIM_UNNAMED_SUPPLIERS_OF {live_id: id}]->() USING INDEX c:CLAIM_UNNAMED_SUPPLIERS_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids.UNNAMED_CUSTOMERS_OF AS id MATCH ()-[c:CLAIM_UNNAMED_CUSTOMERS_OF {live_id: id}]->() USING INDEX c:CLAIM_UNNAMED_CUSTOMERS_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids.UNNAMED_PARTNERS_OF AS id MATCH ()-[c:CLAIM_UNNAMED_PARTNERS_OF {live_id: id}]->() USING INDEX c:CLAIM_UNNAMED_PARTNERS_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids.UNNAMED_MARKETS_OF AS id MATCH ()-[c:CLAIM_UNNAMED_MARKETS_OF {live_id: id}]->() USING INDEX c:CLAIM_UNNAMED_MARKETS_OF(live_id) RETURN c
  UNION ALL
  UNWIND $ids.HAS AS id MATCH ()-[c:CLAIM_HAS {live_id: id}]->() USING INDEX c:CLAIM_HAS(live_id) RETURN c
  UNION ALL
  UNWIND $ids.DESCRIBED_IN AS id MATCH ()-[c:CLAIM_DESCRIBED_IN {live_id: id}]->() USING INDEX c:CLAIM_DESCRIBED_IN(live_id) RETURN c
}
RETURN c.live_id AS claim_id, c.retracted IS NOT NULL AS retracted, $load IN c.loads AS stated
