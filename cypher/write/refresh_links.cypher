// name: refresh_links
// mode: write
// parameters:
//   links: list<map> — start: id of a node, links: keys of links that begin there (null: all of them); null: every link
//   version: integer — the version of the graph to show
//   today: string — the day to show, ISO 8601
// returns:
//   none
// doc: Draw links anew from the claims that hold today. A link is actual if any of its claims is, else PLANNED_; only
//   claims of that status give its values, each chosen alone: by review, rank of the source, newest publication,
//   confidence, claim_id. Deliveries that ended in the last twelve months add up, several reports of one delivery
//   (same record) count once; without any, the chosen rate per year stands. What documents say of an entity is on
//   its node and makes no link. Claims are never changed here, so this may run at any time.

WITH toString(date($today) + duration({days: 1})) AS tomorrow, toString(date($today) - duration({months: 12})) AS year_ago,
     toString(date($today) - duration({months: 12}) + duration({days: 1})) AS after_year_ago
CALL () {
  UNWIND $links AS wanted
  MATCH (a:Entity {id: wanted.start})
  RETURN a, wanted.links AS keys
  UNION ALL
  MATCH (a:Entity)
  WHERE $links IS NULL
  RETURN a, null AS keys
}
CALL (a, keys) {
  MATCH (a)-[r:SUPPLIES|PLANNED_SUPPLIES|OPERATES|PLANNED_OPERATES|OWNS|PLANNED_OWNS|LOCATED_IN|PLANNED_LOCATED_IN|
      PART_OF|PLANNED_PART_OF|BORDERS|PLANNED_BORDERS|PRODUCES|PLANNED_PRODUCES|NEEDS|PLANNED_NEEDS|
      REQUIRES|PLANNED_REQUIRES|EXPORTS_TO|PLANNED_EXPORTS_TO|SELLS_TO|PLANNED_SELLS_TO|COOPERATES_WITH|
      PLANNED_COOPERATES_WITH|MEMBER_OF|PLANNED_MEMBER_OF|PARTICIPATES_IN|PLANNED_PARTICIPATES_IN|
      HAS_STAGE|PLANNED_HAS_STAGE|HAS_ROLE|PLANNED_HAS_ROLE|USED_IN|PLANNED_USED_IN|CREATED_BY|
      PLANNED_CREATED_BY|UNNAMED_SUPPLIERS_OF|PLANNED_UNNAMED_SUPPLIERS_OF|UNNAMED_CUSTOMERS_OF|
      PLANNED_UNNAMED_CUSTOMERS_OF|UNNAMED_PARTNERS_OF|PLANNED_UNNAMED_PARTNERS_OF|UNNAMED_MARKETS_OF|
      PLANNED_UNNAMED_MARKETS_OF|HAS|PLANNED_HAS]->()
  WHERE r.link IS NOT NULL AND (keys IS NULL OR r.link IN keys)
  DELETE r
}
CALL (a, keys, tomorrow, year_ago, after_year_ago) {
  MATCH (a)-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS]->(b)
  WHERE (keys IS NULL OR c.link IN keys) AND c.status <> 'cancelled'
    AND c.recorded <= $version AND (c.retracted IS NULL OR $version < c.retracted)
    AND (c.valid_from IS NULL OR c.valid_from <= $today) AND (c.valid_to IS NULL OR $today < c.valid_to)
  WITH b, substring(type(c), 6) AS type, tomorrow, year_ago, after_year_ago, c {
    .link, .status, .review, .source_rank, .published_on, .confidence, .claim_id, .document_id, .basis, .record,
    .kind, .role, .seq, .scope, .essential, .complete, .substitutable, .quantity_min, .quantity_max, .unit,
    .quantity_per_year_min, .quantity_per_year_max, .base_unit, .capacity_min, .capacity_max, .currency,
    .value_per_year_min, .value_per_year_max, .buyer_share_min, .buyer_share_max, .sales_share_min, .sales_share_max,
    .share_min, .share_max, .count_min, .count_max, .valid_from, .period_from, .period_to, .last_seen} AS c
  ORDER BY c.status, CASE c.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END, c.source_rank,
    coalesce(c.published_on, '') DESC, c.confidence DESC, c.claim_id
  WITH b, type, tomorrow, year_ago, after_year_ago, c.link AS link, collect(c) AS all_claims
  WITH b, type, link, all_claims[0] AS chosen, [x IN all_claims WHERE x.status = all_claims[0].status] AS cs,
       tomorrow, year_ago, after_year_ago
  WITH b, type, link, chosen, cs, [x IN cs WHERE x.basis IS NULL OR x.basis <> 'delivery'] AS rates,
       [x IN cs WHERE x.basis = 'delivery' AND CASE WHEN x.period_to IS NULL
          THEN year_ago < x.valid_from AND x.valid_from <= $today
          ELSE after_year_ago < x.period_to AND x.period_to <= tomorrow END] AS reports
  WITH b, type, link, chosen, cs, rates,
       [i IN range(0, size(reports) - 1) WHERE reports[i].record IS NULL
          OR NOT reports[i].record IN [x IN reports[0..i] | x.record] | reports[i]] AS deliveries
  WITH b, type, link, chosen, cs, rates, deliveries,
       head([x IN deliveries WHERE x.value_per_year_min IS NOT NULL OR x.value_per_year_max IS NOT NULL]) AS paid,
       head([x IN deliveries WHERE x.quantity_per_year_min IS NOT NULL OR x.quantity_per_year_max IS NOT NULL]) AS brought,
       head([x IN rates WHERE x.value_per_year_min IS NOT NULL OR x.value_per_year_max IS NOT NULL]) AS priced,
       head([x IN rates WHERE x.quantity_min IS NOT NULL OR x.quantity_max IS NOT NULL]) AS measured
  WITH b, type, link, chosen, cs, paid, brought, priced, measured,
       [x IN deliveries WHERE x.currency = paid.currency] AS money,
       [x IN deliveries WHERE x.base_unit = brought.base_unit] AS goods,
       measured.quantity_per_year_min IS NOT NULL OR measured.quantity_per_year_max IS NOT NULL AS per_year
  OPTIONAL MATCH (p:Entity {id: last(split(link, '|'))})
  OPTIONAL MATCH (d:Entity {id: chosen.document_id})
  CREATE (a)-[r:$(CASE chosen.status WHEN 'actual' THEN type ELSE 'PLANNED_' + type END)]->(b)
  SET r = {
    link: link, product: coalesce(p.name, p.id), product_id: p.id, okpd2: p.okpd2,
    claims: size(cs), source: d.publisher, url: d.url, disputed: any(x IN cs WHERE x.review = 'disputed'),
    since: reduce(day = null, x IN cs | CASE WHEN day IS NULL OR coalesce(x.valid_from, x.period_from) < day
      THEN coalesce(x.valid_from, x.period_from) ELSE day END),
    last_seen: reduce(day = null, x IN cs | CASE WHEN day IS NULL OR x.last_seen > day THEN x.last_seen ELSE day END),
    value_min: CASE WHEN paid IS NULL THEN priced.value_per_year_min
      ELSE reduce(total = 0.0, x IN money | total + coalesce(x.value_per_year_min, 0.0)) END,
    value_max: CASE WHEN paid IS NULL THEN priced.value_per_year_max
      ELSE reduce(total = 0.0, x IN money | total + x.value_per_year_max) END,
    currency: coalesce(paid.currency, priced.currency),
    quantity_min: CASE WHEN brought IS NOT NULL
      THEN reduce(total = 0.0, x IN goods | total + coalesce(x.quantity_per_year_min, 0.0))
      WHEN per_year THEN measured.quantity_per_year_min ELSE measured.quantity_min END,
    quantity_max: CASE WHEN brought IS NOT NULL
      THEN reduce(total = 0.0, x IN goods | total + x.quantity_per_year_max)
      WHEN per_year THEN measured.quantity_per_year_max ELSE measured.quantity_max END,
    unit: CASE WHEN brought IS NOT NULL THEN brought.base_unit + '/year'
      WHEN per_year THEN measured.base_unit + '/year' ELSE measured.unit END,
    buyer_share_min: head([x IN cs WHERE x.buyer_share_min IS NOT NULL | x.buyer_share_min]),
    buyer_share_max: head([x IN cs WHERE x.buyer_share_max IS NOT NULL | x.buyer_share_max]),
    sales_share_min: head([x IN cs WHERE x.sales_share_min IS NOT NULL | x.sales_share_min]),
    sales_share_max: head([x IN cs WHERE x.sales_share_max IS NOT NULL | x.sales_share_max]),
    share_min: head([x IN cs WHERE x.share_min IS NOT NULL | x.share_min]),
    share_max: head([x IN cs WHERE x.share_max IS NOT NULL | x.share_max]),
    count_min: head([x IN cs WHERE x.count_min IS NOT NULL | x.count_min]),
    count_max: head([x IN cs WHERE x.count_max IS NOT NULL | x.count_max]),
    capacity_min: head([x IN cs WHERE x.capacity_min IS NOT NULL | x.capacity_min]),
    capacity_max: head([x IN cs WHERE x.capacity_max IS NOT NULL | x.capacity_max]),
    kind: head([x IN cs WHERE x.kind IS NOT NULL | x.kind]),
    role: head([x IN cs WHERE x.role IS NOT NULL | x.role]),
    seq: head([x IN cs WHERE x.seq IS NOT NULL | x.seq]),
    scope: head([x IN cs WHERE x.scope IS NOT NULL | x.scope]),
    essential: head([x IN cs WHERE x.essential IS NOT NULL | x.essential]),
    complete: head([x IN cs WHERE x.complete IS NOT NULL | x.complete]),
    substitutable: head([x IN cs WHERE x.substitutable IS NOT NULL | x.substitutable])
  }
}
