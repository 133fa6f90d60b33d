// name: refresh_entities
// mode: write
// parameters:
//   ids: list<string> — which entities; null for all
//   version: integer — the version of the graph to show
// returns:
//   id: string — a product whose name or code links may show and which has another one now
// doc: Give entities the labels and properties that a person sees: of what live descriptions say, the chosen value of each
//   attribute (a description before a mention, review, rank of the source, newest publication, confidence, claim_id), Russian name first. An entity
//   that no live claim speaks of keeps its id only.

CALL () {
  UNWIND $ids AS id
  MATCH (a:Entity {id: id})
  RETURN a
  UNION ALL
  MATCH (a:Entity)
  WHERE $ids IS NULL
  RETURN a
}
WITH a
WHERE NOT a:Document AND NOT a:Source AND NOT a:Observation
CALL (a) {
  MATCH (a)-[c:CLAIM_DESCRIBED_IN]->()
  WHERE c.recorded <= $version AND (c.retracted IS NULL OR $version < c.retracted)
  WITH c
  ORDER BY coalesce(c.how, '') = 'implied', CASE c.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END, c.source_rank,
    coalesce(c.published_on, '') DESC, c.confidence DESC, c.claim_id
  RETURN collect(properties(c)) AS cs
}
WITH a, cs, coalesce(a.name, a.id) AS old_name, coalesce(a.okpd2, '') AS old_okpd2,
     a:Product AS was_product, a.name IS NOT NULL OR coalesce(a.known_since, 0) < $version AS was_shown,
     head([x IN cs WHERE x.label IS NOT NULL | x.label]) AS label,
     head([x IN cs WHERE x.lat IS NOT NULL AND x.lon IS NOT NULL]) AS place,
     head([x IN cs WHERE x.revenue IS NOT NULL]) AS earning,
     reduce(names = [], name IN [x IN cs | x.name_ru] + [x IN cs | x.name] + [x IN cs | x.name_en] |
       CASE WHEN name IS NULL OR name IN names THEN names ELSE names + name END) AS names,
     size(cs) > 0 OR EXISTS {
       (a)-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
         CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS|CLAIM_DESCRIBED_IN]-()
       WHERE c.recorded <= $version AND (c.retracted IS NULL OR $version < c.retracted) } AS is_alive
SET a = {id: a.id, known_since: a.known_since, merged_into: a.merged_into, unit_id: a.unit_id, left: a.left, stale: a.stale,
  name: coalesce(head([x IN cs WHERE x.name_ru IS NOT NULL | x.name_ru]),
    head([x IN cs WHERE x.name IS NOT NULL | x.name]),
    head([x IN cs WHERE x.name_en IS NOT NULL | x.name_en]), CASE WHEN is_alive THEN a.id END),
  name_en: head([x IN cs WHERE x.name_en IS NOT NULL | x.name_en]),
  names: CASE WHEN size(names) > 0 THEN names END,
  point: CASE WHEN place IS NOT NULL THEN point({latitude: toFloat(place.lat), longitude: toFloat(place.lon)}) END,
  point_precision: place.point_precision,
  currency: earning.currency,
  inn: head([x IN cs WHERE x.inn IS NOT NULL | x.inn]),
  ogrn: head([x IN cs WHERE x.ogrn IS NOT NULL | x.ogrn]),
  kpp: head([x IN cs WHERE x.kpp IS NOT NULL | x.kpp]),
  lei: head([x IN cs WHERE x.lei IS NOT NULL | x.lei]),
  iso: head([x IN cs WHERE x.iso IS NOT NULL | x.iso]),
  okato: head([x IN cs WHERE x.okato IS NOT NULL | x.okato]),
  oktmo: head([x IN cs WHERE x.oktmo IS NOT NULL | x.oktmo]),
  legal_form: head([x IN cs WHERE x.legal_form IS NOT NULL | x.legal_form]),
  okved2: head([x IN cs WHERE x.okved2 IS NOT NULL | x.okved2]),
  okpd2: head([x IN cs WHERE x.okpd2 IS NOT NULL | x.okpd2]),
  hs: head([x IN cs WHERE x.hs IS NOT NULL | x.hs]),
  unit: head([x IN cs WHERE x.unit IS NOT NULL | x.unit]),
  industry: head([x IN cs WHERE x.industry IS NOT NULL | x.industry]),
  kind: head([x IN cs WHERE x.kind IS NOT NULL | x.kind]),
  url: head([x IN cs WHERE x.url IS NOT NULL | x.url]),
  address: head([x IN cs WHERE x.address IS NOT NULL | x.address]),
  description: head([x IN cs WHERE x.description IS NOT NULL | x.description]),
  status_text: head([x IN cs WHERE x.status_text IS NOT NULL | x.status_text]),
  revenue: head([x IN cs WHERE x.revenue IS NOT NULL | x.revenue]),
  population: head([x IN cs WHERE x.population IS NOT NULL | x.population])
}
REMOVE a:Company:Plant:Organization:Person:Product:City:Region:Country:PartnerGroup:Cluster:Project:Stage
WITH a, label, old_name, old_okpd2, was_product, was_shown
CALL (a, label) {
  WITH a, label
  WHERE label IN ['Company', 'Plant', 'Organization', 'Person', 'Product', 'City', 'Region', 'Country',
                  'PartnerGroup', 'Cluster', 'Project', 'Stage']
  SET a:$(label)
}
WITH a, old_name, old_okpd2, was_product, was_shown
WHERE was_shown AND (was_product OR a:Product)
  AND (old_name <> coalesce(a.name, a.id) OR old_okpd2 <> coalesce(a.okpd2, ''))
RETURN a.id AS id
