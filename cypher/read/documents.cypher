// name: documents
// mode: read
// parameters:
//   ids: list<string> — which documents; null for all
//   texts: boolean — return their texts too
// returns:
//   id: string — document id
//   source: string — id of its source
//   properties: map — everything about it
// doc: Documents, ordered by id.

CALL () {
  UNWIND $ids AS id
  MATCH (d:Entity {id: id})
  WHERE d:Document
  RETURN d
  UNION
  MATCH (d:Document)
  WHERE $ids IS NULL
  RETURN d
}
MATCH (d)-[:PUBLISHED_BY]->(s:Source)
RETURN d.id AS id, s.id AS source,
       d {.key, .title, .url, .published_on, .retrieved_on, .licence, .language, .sha256,
          text: CASE WHEN $texts THEN d.text END} AS properties
ORDER BY id
