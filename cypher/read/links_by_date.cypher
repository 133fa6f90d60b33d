// name: links_by_date
// mode: read
// parameters:
//   since: string — the day that the links show
//   until: string — the day that they are to show
// returns:
//   link: string — key of a link that a date in between may change; may come more than once
// doc: Links whose claims began or ended, or whose deliveries left the last twelve months, after one day and up to another.

WITH toString(date($since) - duration({months: 12})) AS since_year, toString(date($until) - duration({months: 12}) +
     duration({days: 1})) AS until_year, toString(date($until) + duration({days: 1})) AS tomorrow
MATCH ()-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS]->()
WHERE $since < c.valid_from <= $until OR $since < c.valid_to <= $until OR $since < c.period_to <= tomorrow
  OR (c.basis = 'delivery' AND (since_year <= c.valid_from <= until_year OR since_year <= c.period_to <= until_year))
RETURN c.link AS link
