// name: hand_drawn
// mode: read
// parameters:
//   none
// returns:
//   element: string — element id of the relationship
//   type: string — its type
//   said: map — its properties
//   start: map — element, id, labels and properties of the node where it begins; lives: whether a live claim speaks of it
//   end: map — the same for the node where it ends
//   product: string — id of the only product of the name or OKPD2 code that the property `product` holds, or null
// doc: Relationships of our types that no load has written: somebody drew them in Browser.

MATCH (a)-[r:SUPPLIES|PLANNED_SUPPLIES|OPERATES|PLANNED_OPERATES|OWNS|PLANNED_OWNS|LOCATED_IN|PLANNED_LOCATED_IN|
      PART_OF|PLANNED_PART_OF|BORDERS|PLANNED_BORDERS|PRODUCES|PLANNED_PRODUCES|NEEDS|PLANNED_NEEDS|
      REQUIRES|PLANNED_REQUIRES|EXPORTS_TO|PLANNED_EXPORTS_TO|SELLS_TO|PLANNED_SELLS_TO|COOPERATES_WITH|
      PLANNED_COOPERATES_WITH|MEMBER_OF|PLANNED_MEMBER_OF|PARTICIPATES_IN|PLANNED_PARTICIPATES_IN|
      HAS_STAGE|PLANNED_HAS_STAGE|HAS_ROLE|PLANNED_HAS_ROLE|USED_IN|PLANNED_USED_IN|CREATED_BY|
      PLANNED_CREATED_BY|UNNAMED_SUPPLIERS_OF|PLANNED_UNNAMED_SUPPLIERS_OF|UNNAMED_CUSTOMERS_OF|
      PLANNED_UNNAMED_CUSTOMERS_OF|UNNAMED_PARTNERS_OF|PLANNED_UNNAMED_PARTNERS_OF|UNNAMED_MARKETS_OF|
      PLANNED_UNNAMED_MARKETS_OF|HAS|PLANNED_HAS]->(b)
WHERE r.link IS NULL AND r.claim_id IS NULL
CALL (r) {
  MATCH (p:Product)
  WHERE p.name = r.product OR p.okpd2 = r.product OR p.id = coalesce(r.product_id, r.product)
  RETURN collect(DISTINCT p.id) AS products
}
RETURN elementId(r) AS element, type(r) AS type, properties(r) AS said,
       {element: elementId(a), id: CASE WHEN a:Entity THEN a.id END, labels: labels(a), properties: properties(a),
         lives: EXISTS { (a)-[c]-() WHERE c.live_id IS NOT NULL }} AS start,
       {element: elementId(b), id: CASE WHEN b:Entity THEN b.id END, labels: labels(b), properties: properties(b),
         lives: EXISTS { (b)-[c]-() WHERE c.live_id IS NOT NULL }} AS end,
       CASE WHEN size(products) = 1 THEN products[0] END AS product
ORDER BY element
