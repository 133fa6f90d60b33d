// name: export_markets
// ru: Куда экспортирует предприятие?
// en: Where does a firm export to?
// mode: read
// parameters:
//   name: string — part of the firm's name
// returns:
//   country: string — where to
//   products: list<string> — what
// doc: A country that somebody exports to also has the label ExportMarket.

MATCH (firm:Entity)-[r:EXPORTS_TO]->(country:Country)
WHERE firm.name CONTAINS $name
RETURN country.name AS country, collect(DISTINCT r.product) AS products
ORDER BY country
