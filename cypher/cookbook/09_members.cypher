// name: members
// ru: Кто входит в кластер?
// en: Who belongs to a cluster?
// mode: read
// parameters:
//   name: string — part of the cluster's name
// returns:
//   member: string — who
//   role: string — as what, where stated
// doc: Clusters and industrial parks.

MATCH (member)-[r:MEMBER_OF]->(cluster:Cluster)
WHERE cluster.name CONTAINS $name
RETURN DISTINCT member.name AS member, r.role AS role
ORDER BY member, role
