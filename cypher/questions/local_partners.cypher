// name: local_partners
// mode: read
// parameters:
//   id: string — the plant or town that is asked about
//   wanted: list<string> — ids of the products that are looked for
//   within_km: float — the largest distance in km
//   valid_at: string — the day it was true, ISO 8601
//   known_at: integer — the version of the graph that was known
//   statuses: list<string> — which statuses count: actual, planned, cancelled
//   min_confidence: float — claims with less do not count
//   reviews: list<string> — which review states count; null = all
//   oldest_seen: string — the earliest day a claim may have been seen last, ISO 8601; null = any
//   documents: list<string> — ids of the documents whose claims count; null = all
//   excluded_documents: list<string> — ids of documents whose claims do not count
// returns:
//   id: string — id of a maker
//   name: string — its name
//   certainty: string — certain, or possible
//   low_km: float — the least distance; null where only its region is known
//   high_km: float — the greatest distance
//   claims: list<string> — ids of the claims, sorted
// doc: Who makes a product within a distance. A maker known only to its town is within 15 km of the town's point; one known
//   only to a region or country, or to no place, is possible, distance unknown, those of a region that the asker lies in
//   first; one that only plans to make it is possible too. Places are today's at every clock.

MATCH (e:Entity {id: $id})
CALL (e) {
  OPTIONAL MATCH (e)-[l:CLAIM_LOCATED_IN]->(t:City)
  WHERE l.retracted IS NULL
    AND t.point IS NOT NULL
  WITH t
  ORDER BY CASE l.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END, l.source_rank,
    coalesce(l.published_on, '') DESC, l.confidence DESC, l.claim_id
  RETURN collect(t)[0] AS own_town
}
CALL (e) {
  MATCH (e)-[ls:CLAIM_LOCATED_IN|CLAIM_PART_OF*0..]->(place)
  WHERE all(l IN ls WHERE l.retracted IS NULL)
  RETURN collect(DISTINCT place) AS own_regions
}
WITH e, own_regions,
  CASE WHEN e.point IS NOT NULL AND (e:City OR coalesce(e.point_precision, 'site') IN ['site', 'town']) THEN e.point
    ELSE own_town.point END AS origin,
  CASE WHEN e:City OR (e.point IS NOT NULL AND coalesce(e.point_precision, 'site') = 'site') THEN 0 ELSE 15 END AS slack
MATCH (o:Entity)-[c:CLAIM_PRODUCES]->(p:Entity)
WHERE p.id IN $wanted
  AND o <> e
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
WITH e, origin, slack, own_regions, o, c.claim_id AS claim, c.status AS status
ORDER BY claim
WITH e, origin, slack, own_regions, o, collect(DISTINCT claim) AS claims, collect(DISTINCT status) AS found
CALL (o) {
  OPTIONAL MATCH (o)-[l:CLAIM_LOCATED_IN]->(t:City)
  WHERE l.retracted IS NULL
    AND t.point IS NOT NULL
  WITH t
  ORDER BY CASE l.review WHEN 'confirmed' THEN 0 WHEN 'asserted' THEN 1 ELSE 2 END, l.source_rank,
    coalesce(l.published_on, '') DESC, l.confidence DESC, l.claim_id
  RETURN collect(t)[0] AS town
}
CALL (o) {
  MATCH (o)-[l:CLAIM_LOCATED_IN]->(stated)
  WHERE l.retracted IS NULL
  OPTIONAL MATCH (stated)-[p:CLAIM_PART_OF]->(parent)
  WHERE p.retracted IS NULL
  WITH CASE WHEN stated:City THEN parent ELSE stated END AS place
  RETURN collect(DISTINCT place) AS regions
}
WITH origin, slack, own_regions, o, claims, found, regions,
  CASE WHEN o.point IS NOT NULL AND coalesce(o.point_precision, 'site') IN ['site', 'town'] THEN o.point
    ELSE town.point END AS site,
  CASE WHEN o.point IS NOT NULL AND coalesce(o.point_precision, 'site') = 'site' THEN 0 ELSE 15 END AS own_slack
WITH own_regions, o, claims, found, regions, round(point.distance(origin, site) / 1000, 6) AS km, slack + own_slack AS slack
WITH own_regions, o, claims, found, regions, CASE WHEN km > slack THEN km - slack WHEN km IS NOT NULL THEN 0.0 END AS low_km, km + slack AS high_km
WHERE coalesce(low_km, 0) <= $within_km
WITH o, claims, found, low_km, high_km,
  CASE WHEN low_km IS NOT NULL OR any(place IN regions WHERE place IN own_regions) THEN 0
    WHEN size(regions) > 0 THEN 1 ELSE 2 END AS remoteness
RETURN o.id AS id, o.name AS name, CASE WHEN high_km <= $within_km AND 'actual' IN found THEN 'certain' ELSE 'possible' END AS certainty,
  low_km, high_km, claims
ORDER BY certainty, low_km IS NULL, low_km, high_km, remoteness, name, id
