// name: single_sourced
// mode: read
// parameters:
//   id: string — the unit that is asked about
//   valid_at: string — the day it was true, ISO 8601
//   known_at: integer — the version of the graph that was known
//   statuses: list<string> — which statuses count: actual, planned, cancelled
//   min_confidence: float — claims with less do not count
//   reviews: list<string> — which review states count; null = all
//   oldest_seen: string — the earliest day a claim may have been seen last, ISO 8601; null = any
//   documents: list<string> — ids of the documents whose claims count; null = all
//   excluded_documents: list<string> — ids of documents whose claims do not count
//   products: list<string> — ids of the products that are asked about; null = all
//   excluded_products: list<string> — ids of products that are not asked about
// returns:
//   product: string — id of the product; null = not stated
//   supplier: string — id of its only known supplier
//   certainty: string — certain or possible
// doc: Needs of a unit that one known supplier meets: it supplies the product, nobody else does, the unit does not make it,
//   and no group counts two or more unnamed suppliers of it. It is certain where the need is stated as complete and no
//   group of unstated size supplies it, or the supplier's share as the whole. A supply without a product is a need of its own.

MATCH (u:Entity {id: $id})
MATCH (s:Entity)-[c:CLAIM_SUPPLIES]->(u)
WHERE s <> u
  AND ($products IS NULL OR c.product IN $products)
  AND NOT coalesce(c.product, '') IN $excluded_products
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
WITH u, s, c
ORDER BY CASE c.status WHEN 'actual' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END,
  CASE c.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END, c.source_rank,
  coalesce(c.published_on, '') DESC, c.confidence DESC, c.claim_id
WITH u, s, c.product AS product, collect(c) AS claims
// Of the claims with the best status the first one that states a share.
WITH u, s, product, head([c IN claims WHERE c.status = claims[0].status AND coalesce(c.buyer_share_min, c.buyer_share_max) IS NOT NULL]) AS stated
WITH u, product, CASE WHEN product IS NULL THEN s.id END AS loose, collect(s) AS suppliers,
  max(coalesce(stated.buyer_share_min, 0)) AS largest_share
WHERE size(suppliers) = 1
OPTIONAL MATCH (p:Entity {id: product})
CALL (u, p) {
  OPTIONAL MATCH (u)-[m:CLAIM_PRODUCES]->(p)
  WHERE (m.valid_from IS NULL OR m.valid_from <= $valid_at)
    AND (m.valid_to IS NULL OR $valid_at < m.valid_to)
    AND m.recorded <= $known_at
    AND (m.retracted IS NULL OR $known_at < m.retracted)
    AND m.status IN $statuses
    AND m.confidence >= $min_confidence
    AND ($reviews IS NULL OR m.review IN $reviews)
    AND ($oldest_seen IS NULL OR m.last_seen IS NULL OR m.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR m.document_id IN $documents)
    AND NOT m.document_id IN $excluded_documents
  RETURN count(m) AS makes
}
CALL (u, product) {
  OPTIONAL MATCH (u)<-[g:CLAIM_UNNAMED_SUPPLIERS_OF]-()
  WHERE g.product = product
    AND (g.valid_from IS NULL OR g.valid_from <= $valid_at)
    AND (g.valid_to IS NULL OR $valid_at < g.valid_to)
    AND g.recorded <= $known_at
    AND (g.retracted IS NULL OR $known_at < g.retracted)
    AND g.status IN $statuses
    AND g.confidence >= $min_confidence
    AND ($reviews IS NULL OR g.review IN $reviews)
    AND ($oldest_seen IS NULL OR g.last_seen IS NULL OR g.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR g.document_id IN $documents)
    AND NOT g.document_id IN $excluded_documents
  RETURN count(CASE WHEN g.count_min >= 2 THEN 1 END) AS groups, count(g) > 0 AND count(g.count_min) = 0 AS is_unsized
}
CALL (u, p) {
  OPTIONAL MATCH (u)-[n:CLAIM_NEEDS]->(p)
  WHERE (n.valid_from IS NULL OR n.valid_from <= $valid_at)
    AND (n.valid_to IS NULL OR $valid_at < n.valid_to)
    AND n.recorded <= $known_at
    AND (n.retracted IS NULL OR $known_at < n.retracted)
    AND n.status IN $statuses
    AND n.confidence >= $min_confidence
    AND ($reviews IS NULL OR n.review IN $reviews)
    AND ($oldest_seen IS NULL OR n.last_seen IS NULL OR n.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR n.document_id IN $documents)
    AND NOT n.document_id IN $excluded_documents
  WITH n
  ORDER BY CASE n.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END, n.source_rank,
    coalesce(n.published_on, '') DESC, n.confidence DESC, n.claim_id
  RETURN coalesce(head(collect(n.complete)), false) AS complete
}
WITH p, product, suppliers[0] AS supplier, makes, groups, is_unsized, complete, largest_share
WHERE makes = 0
  AND groups = 0
WITH p, product, supplier, CASE WHEN product IS NOT NULL AND (complete AND NOT is_unsized OR largest_share >= 1) THEN 'certain' ELSE 'possible' END AS certainty
RETURN product, supplier.id AS supplier, certainty
ORDER BY certainty, product IS NULL, p.name, product, supplier
