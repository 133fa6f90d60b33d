// name: region_flows
// mode: read
// parameters:
//   id: string — the region, federal district or country
//   valid_at: string — the day it was true, ISO 8601
//   known_at: integer — the version of the graph that was known
//   statuses: list<string> — which statuses count: actual, planned, cancelled
//   min_confidence: float — claims with less do not count
//   reviews: list<string> — which review states count; null = all
//   oldest_seen: string — the earliest day a claim may have been seen last, ISO 8601; null = any
//   documents: list<string> — ids of the documents whose claims count; null = all
//   excluded_documents: list<string> — ids of documents whose claims do not count
//   products: list<string> — ids of the products that count; null = all
//   excluded_products: list<string> — ids of products that do not count
// returns:
//   direction: string — inside, out or in
//   id: string — id of the place of the other side; the region's own for what is inside; null = not known
//   name: string — its name
//   link_count: integer — how many links
// doc: The links of a region by where the other side is, as inside, out and in, then by number and name.
//   A link is what is stated of one supplier, buyer and product. The home of a unit is the region in which it or its
//   operator is, else the country; of several stated places the one chosen first that names a region.

MATCH (asked:Entity {id: $id})
// Whoever may be inside; whose place was withdrawn, or who has another home, is sorted out below.
MATCH (h:Entity)-[:CLAIM_LOCATED_IN|CLAIM_PART_OF*1..6]->(asked)
OPTIONAL MATCH (plant:Entity {id: h.unit_id})
WITH DISTINCT asked, coalesce(plant, h) AS u
MATCH (u)-[c:CLAIM_SUPPLIES]-(other:Entity)
WHERE u <> other
  AND (c.valid_from IS NULL OR c.valid_from <= $valid_at)
  AND (c.valid_to IS NULL OR $valid_at < c.valid_to)
  AND c.recorded <= $known_at
  AND (c.retracted IS NULL OR $known_at < c.retracted)
  AND c.status IN $statuses
  AND c.confidence >= $min_confidence
  AND ($reviews IS NULL OR c.review IN $reviews)
  AND ($oldest_seen IS NULL OR c.last_seen IS NULL OR c.last_seen >= $oldest_seen)
  AND ($documents IS NULL OR c.document_id IN $documents)
  AND NOT c.document_id IN $excluded_documents
  AND ($products IS NULL OR c.product IN $products)
  AND NOT coalesce(c.product, '') IN $excluded_products
WITH DISTINCT asked, startNode(c) AS s, endNode(c) AS b, coalesce(c.product, '') AS product
WITH asked, collect({s: s, b: b}) AS links
CALL (links) {
  UNWIND links AS link
  UNWIND [link.s, link.b] AS x
  WITH DISTINCT x
  OPTIONAL MATCH (operator:Entity {unit_id: x.id})
  WITH x, [x] + collect(DISTINCT operator) AS halves
  UNWIND halves AS half
  MATCH (half)-[l:CLAIM_LOCATED_IN]->(at)
  WHERE l.retracted IS NULL
  MATCH way = (at)-[ps:CLAIM_PART_OF*0..5]->(home)
  WHERE (home:Country OR (home:Region AND coalesce(home.kind, '') <> 'district'))
    AND all(p IN ps WHERE p.retracted IS NULL)
  WITH x, home
  ORDER BY home:Country, half <> x, CASE l.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END,
    l.source_rank, coalesce(l.published_on, '') DESC, l.confidence DESC, l.claim_id, length(way), home.id
  WITH x, head(collect(home)) AS home
  OPTIONAL MATCH (home)-[ps:CLAIM_PART_OF*0..5]->(around:Entity {id: $id})
  WHERE all(p IN ps WHERE p.retracted IS NULL)
  RETURN collect(DISTINCT {x: x, home: home, inside: around IS NOT NULL}) AS homes
}
UNWIND links AS link
WITH asked, head([h IN homes WHERE h.x = link.s]) AS s, head([h IN homes WHERE h.x = link.b]) AS b
WITH asked, s, b, coalesce(s.inside, false) AS supplies, coalesce(b.inside, false) AS is_supplied
WHERE supplies OR is_supplied
WITH CASE WHEN supplies AND is_supplied THEN 'inside' WHEN supplies THEN 'out' ELSE 'in' END AS direction,
  CASE WHEN supplies AND is_supplied THEN asked WHEN supplies THEN b.home ELSE s.home END AS place
WITH direction, place, count(*) AS link_count
RETURN direction, place.id AS id, place.name AS name, link_count
ORDER BY CASE direction WHEN 'inside' THEN 0 WHEN 'out' THEN 1 ELSE 2 END, id IS NULL, link_count DESC, name, id
