// name: mark_roles
// mode: write
// parameters:
//   ids: list<string> — which entities; null for all
// returns:
//   none
// doc: Keep the extra labels true: Supplier on whatever has an outgoing SUPPLIES, ExportMarket on what is exported to.

CALL () {
  UNWIND $ids AS id
  MATCH (a:Entity {id: id})
  RETURN a
  UNION ALL
  MATCH (a:Entity)
  WHERE $ids IS NULL
  RETURN a
}
WITH a, EXISTS { (a)-[:SUPPLIES]->() } AS supplies, EXISTS { (a)<-[:EXPORTS_TO]-() } AS buys
WHERE supplies <> a:Supplier OR buys <> a:ExportMarket
REMOVE a:Supplier:ExportMarket
WITH a, [label IN [CASE WHEN supplies THEN 'Supplier' END, CASE WHEN buys THEN 'ExportMarket' END]
         WHERE label IS NOT NULL] AS labels
SET a:$(labels)
