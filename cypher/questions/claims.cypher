// name: claims
// mode: read
// parameters:
//   ids: list<string> — the entity, and the other half of its unit if it is one
//   type: string — the relation type to show; null = all
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
//   claim_id: string — id of a claim
//   type: string — its relation type
// doc: Every claim that names an entity as subject or object, by type, then in the order of choice: review, rank of the
//   source, newest publication (undated last), confidence, claim_id.

MATCH (e:Entity)-[c]-()
WHERE e.id IN $ids
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
WITH DISTINCT c, substring(type(c), 6) AS type
WHERE ($type IS NULL OR type = $type)
RETURN c.claim_id AS claim_id, type
ORDER BY type, type = 'DESCRIBED_IN' AND coalesce(c.how, '') = 'implied',
  CASE c.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END, c.source_rank,
  coalesce(c.published_on, '') DESC, c.confidence DESC, claim_id
