// name: contradictions
// mode: read
// parameters:
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
//   chosen: string — id of the claim that is chosen before the other
//   rival: string — id of the claim that it excludes
//   reason: string — disjoint or two towns
// doc: Pairs of claims that exclude each other: about the same subject, object, product and kind with one status, scope and
//   unit, overlapping periods and disjoint intervals; or one plant in two towns. The first is chosen by review, rank of
//   the source, newest publication, confidence, claim_id. Pairs that share a claim are one dispute; its first pair names
//   the chosen claim.

CALL () {
  MATCH (s:Entity)-[a]->(x)
  WHERE coalesce(a.basis, 'rate') = 'rate'
    AND (a.valid_from IS NULL OR a.valid_from <= $valid_at)
    AND (a.valid_to IS NULL OR $valid_at < a.valid_to)
    AND a.recorded <= $known_at
    AND (a.retracted IS NULL OR $known_at < a.retracted)
    AND a.status IN $statuses
    AND a.confidence >= $min_confidence
    AND ($reviews IS NULL OR a.review IN $reviews)
    AND ($oldest_seen IS NULL OR a.last_seen IS NULL OR a.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR a.document_id IN $documents)
    AND NOT a.document_id IN $excluded_documents
    AND ($products IS NULL OR a.product IN $products)
    AND NOT coalesce(a.product, '') IN $excluded_products
  MATCH (s)-[b]->(y)
  WITH s, a, x, b, y,
    CASE [coalesce(a.period_from, ''), coalesce(a.period_to, '')]
      WHEN [coalesce(b.period_from, ''), coalesce(b.period_to, '')] THEN 0.0 ELSE 0.003 END AS room
  WHERE type(b) = type(a)
    AND (x = y OR type(a) = 'CLAIM_HAS' OR (a.to_raw IS NULL AND b.to_raw IS NULL))
    AND coalesce(b.basis, 'rate') = 'rate'
    AND coalesce(a.product, '') = coalesce(b.product, '')
    AND coalesce(a.kind, '') = coalesce(b.kind, '')
    AND a.status = b.status
    AND coalesce(a.scope, '') = coalesce(b.scope, '')
    AND (a.period_from IS NULL OR b.period_to IS NULL OR a.period_from < b.period_to)
    AND (b.period_from IS NULL OR a.period_to IS NULL OR b.period_from < a.period_to)
    AND any(is_disjoint IN [
      (coalesce(a.currency, '') = coalesce(b.currency, '') AND (b.value_per_year_min - a.value_per_year_max > room * abs(b.value_per_year_min) OR a.value_per_year_min - b.value_per_year_max > room * abs(a.value_per_year_min))),
      (coalesce(a.base_unit, '') = coalesce(b.base_unit, '') AND (b.quantity_per_year_min - a.quantity_per_year_max > room * abs(b.quantity_per_year_min) OR a.quantity_per_year_min - b.quantity_per_year_max > room * abs(a.quantity_per_year_min))),
      (coalesce(a.unit, '') = coalesce(b.unit, '') AND (a.capacity_max < b.capacity_min OR b.capacity_max < a.capacity_min)),
      (a.buyer_share_max < b.buyer_share_min OR b.buyer_share_max < a.buyer_share_min),
      (a.sales_share_max < b.sales_share_min OR b.sales_share_max < a.sales_share_min),
      (a.share_max < b.share_min OR b.share_max < a.share_min),
      (a.count_max < b.count_min OR b.count_max < a.count_min)] WHERE is_disjoint)
    AND (b.valid_from IS NULL OR b.valid_from <= $valid_at)
    AND (b.valid_to IS NULL OR $valid_at < b.valid_to)
    AND b.recorded <= $known_at
    AND (b.retracted IS NULL OR $known_at < b.retracted)
    AND b.confidence >= $min_confidence
    AND ($reviews IS NULL OR b.review IN $reviews)
    AND ($oldest_seen IS NULL OR b.last_seen IS NULL OR b.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR b.document_id IN $documents)
    AND NOT b.document_id IN $excluded_documents
  RETURN a, b, 'disjoint' AS reason
  UNION ALL
  MATCH (s:Plant)-[a:CLAIM_LOCATED_IN]->(x:City)
  WHERE (a.valid_from IS NULL OR a.valid_from <= $valid_at)
    AND (a.valid_to IS NULL OR $valid_at < a.valid_to)
    AND a.recorded <= $known_at
    AND (a.retracted IS NULL OR $known_at < a.retracted)
    AND a.status IN $statuses
    AND a.confidence >= $min_confidence
    AND ($reviews IS NULL OR a.review IN $reviews)
    AND ($oldest_seen IS NULL OR a.last_seen IS NULL OR a.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR a.document_id IN $documents)
    AND NOT a.document_id IN $excluded_documents
    AND ($products IS NULL OR a.product IN $products)
    AND NOT coalesce(a.product, '') IN $excluded_products
  MATCH (s)-[b:CLAIM_LOCATED_IN]->(y:City)
  WHERE x <> y
    AND a.status = b.status
    AND (b.valid_from IS NULL OR b.valid_from <= $valid_at)
    AND (b.valid_to IS NULL OR $valid_at < b.valid_to)
    AND b.recorded <= $known_at
    AND (b.retracted IS NULL OR $known_at < b.retracted)
    AND b.confidence >= $min_confidence
    AND ($reviews IS NULL OR b.review IN $reviews)
    AND ($oldest_seen IS NULL OR b.last_seen IS NULL OR b.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR b.document_id IN $documents)
    AND NOT b.document_id IN $excluded_documents
    AND ($products IS NULL OR b.product IN $products)
    AND NOT coalesce(b.product, '') IN $excluded_products
  RETURN a, b, 'two towns' AS reason
}
WITH a, b, reason, CASE a.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END AS review_a,
  CASE b.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END AS review_b
WITH DISTINCT a, b, reason, review_a, CASE
    WHEN review_a <> review_b THEN review_a < review_b
    WHEN a.source_rank <> b.source_rank THEN a.source_rank < b.source_rank
    WHEN coalesce(a.published_on, '') <> coalesce(b.published_on, '') THEN coalesce(a.published_on, '') > coalesce(b.published_on, '')
    WHEN a.confidence <> b.confidence THEN a.confidence > b.confidence
    ELSE a.claim_id < b.claim_id END AS is_first
WHERE is_first
RETURN a.claim_id AS chosen, b.claim_id AS rival, reason
ORDER BY review_a, a.source_rank, coalesce(a.published_on, '') DESC, a.confidence DESC, chosen, rival
