// name: changed_links
// mode: read
// parameters:
//   since: integer — a version; what it holds is not returned
//   until: integer — the last version to look at
// returns:
//   link: string — key of a link that a claim of these versions speaks of; may come more than once
// doc: The links that may have changed between two versions, through the indexes on recorded and retracted.

CALL () {
  MATCH ()-[c:CLAIM_SUPPLIES]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_SUPPLIES]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_OPERATES]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_OPERATES]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_OWNS]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_OWNS]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_LOCATED_IN]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_LOCATED_IN]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_PART_OF]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_PART_OF]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_BORDERS]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_BORDERS]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_PRODUCES]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_PRODUCES]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_NEEDS]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_NEEDS]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_REQUIRES]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_REQUIRES]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_EXPORTS_TO]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_EXPORTS_TO]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_SELLS_TO]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_SELLS_TO]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_COOPERATES_WITH]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_COOPERATES_WITH]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_MEMBER_OF]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_MEMBER_OF]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_PARTICIPATES_IN]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_PARTICIPATES_IN]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_HAS_STAGE]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_HAS_STAGE]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_HAS_ROLE]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_HAS_ROLE]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_USED_IN]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_USED_IN]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_CREATED_BY]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_CREATED_BY]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_SUPPLIERS_OF]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_SUPPLIERS_OF]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_CUSTOMERS_OF]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_CUSTOMERS_OF]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_PARTNERS_OF]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_PARTNERS_OF]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_MARKETS_OF]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_UNNAMED_MARKETS_OF]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_HAS]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_HAS]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_DESCRIBED_IN]->() WHERE $since < c.recorded <= $until RETURN c.link AS link
  UNION ALL
  MATCH ()-[c:CLAIM_DESCRIBED_IN]->() WHERE $since < c.retracted <= $until RETURN c.link AS link
}
RETURN link
