// name: makers_nearby
// ru: Кто рядом с городом делает продукцию с таким кодом?
// en: Who near a town makes products of a code?
// mode: read
// parameters:
//   town: string — name of the town
//   okpd2: string — beginning of the OKPD2 code
//   within_km: float — how far
// returns:
//   maker: string — who
//   products: list<string> — what
//   km: integer — how far its point is
// doc: The point of a firm is often its town's: Zveno itself says how far off it may be.

MATCH (town:City {name: $town})
MATCH (maker)-[:PRODUCES]->(product:Product)
WHERE product.okpd2 STARTS WITH $okpd2
  AND point.distance(maker.point, town.point) <= $within_km * 1000
RETURN maker.name AS maker, collect(DISTINCT product.name) AS products,
  toInteger(round(point.distance(maker.point, town.point) / 1000)) AS km
ORDER BY km, maker
