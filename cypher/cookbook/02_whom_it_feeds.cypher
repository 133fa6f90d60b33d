// name: whom_it_feeds
// ru: Кому поставляет предприятие?
// en: Whom does a firm supply?
// mode: read
// parameters:
//   name: string — part of the firm's name
// returns:
//   customer: string — whom
//   product: string — what
//   last_seen: string — when it was last seen
// doc: The same link, read the other way.

MATCH (firm:Entity)-[r:SUPPLIES]->(customer)
WHERE firm.name CONTAINS $name
RETURN customer.name AS customer, r.product AS product, r.last_seen AS last_seen
ORDER BY customer, product
