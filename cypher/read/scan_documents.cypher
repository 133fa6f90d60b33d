// name: scan_documents
// mode: read
// parameters:
//   none
// returns:
//   id: string — document id
//   source_rank: integer — rank of its source
//   published_on: string — when it was published
// doc: What a snapshot needs of each document.

MATCH (d:Document)-[:PUBLISHED_BY]->(s:Source)
RETURN d.id AS id, s.rank AS source_rank, d.published_on AS published_on
ORDER BY id
