// name: claims
// mode: schema
// parameters:
//   none
// returns:
//   none
// doc: Identity, the claims of every declared relation type, and what people search by.
//   live_id is the claim_id while it is in use and null afterwards, so that an undone claim can be said again;
//   recorded and retracted are indexed because the difference between two versions is read through them.

CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT zveno_id IF NOT EXISTS FOR (n:Zveno) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT zveno_load_id IF NOT EXISTS FOR (n:ZvenoLoad) REQUIRE n.load_id IS UNIQUE;
CREATE CONSTRAINT zveno_version_number IF NOT EXISTS FOR (n:ZvenoVersion) REQUIRE n.number IS UNIQUE;

CREATE CONSTRAINT claim_supplies_live_id IF NOT EXISTS FOR ()-[c:CLAIM_SUPPLIES]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_supplies_recorded IF NOT EXISTS FOR ()-[c:CLAIM_SUPPLIES]-() ON (c.recorded);
CREATE INDEX claim_supplies_retracted IF NOT EXISTS FOR ()-[c:CLAIM_SUPPLIES]-() ON (c.retracted);
CREATE CONSTRAINT claim_operates_live_id IF NOT EXISTS FOR ()-[c:CLAIM_OPERATES]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_operates_recorded IF NOT EXISTS FOR ()-[c:CLAIM_OPERATES]-() ON (c.recorded);
CREATE INDEX claim_operates_retracted IF NOT EXISTS FOR ()-[c:CLAIM_OPERATES]-() ON (c.retracted);
CREATE CONSTRAINT claim_owns_live_id IF NOT EXISTS FOR ()-[c:CLAIM_OWNS]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_owns_recorded IF NOT EXISTS FOR ()-[c:CLAIM_OWNS]-() ON (c.recorded);
CREATE INDEX claim_owns_retracted IF NOT EXISTS FOR ()-[c:CLAIM_OWNS]-() ON (c.retracted);
CREATE CONSTRAINT claim_located_in_live_id IF NOT EXISTS FOR ()-[c:CLAIM_LOCATED_IN]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_located_in_recorded IF NOT EXISTS FOR ()-[c:CLAIM_LOCATED_IN]-() ON (c.recorded);
CREATE INDEX claim_located_in_retracted IF NOT EXISTS FOR ()-[c:CLAIM_LOCATED_IN]-() ON (c.retracted);
CREATE CONSTRAINT claim_part_of_live_id IF NOT EXISTS FOR ()-[c:CLAIM_PART_OF]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_part_of_recorded IF NOT EXISTS FOR ()-[c:CLAIM_PART_OF]-() ON (c.recorded);
CREATE INDEX claim_part_of_retracted IF NOT EXISTS FOR ()-[c:CLAIM_PART_OF]-() ON (c.retracted);
CREATE CONSTRAINT claim_borders_live_id IF NOT EXISTS FOR ()-[c:CLAIM_BORDERS]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_borders_recorded IF NOT EXISTS FOR ()-[c:CLAIM_BORDERS]-() ON (c.recorded);
CREATE INDEX claim_borders_retracted IF NOT EXISTS FOR ()-[c:CLAIM_BORDERS]-() ON (c.retracted);
CREATE CONSTRAINT claim_produces_live_id IF NOT EXISTS FOR ()-[c:CLAIM_PRODUCES]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_produces_recorded IF NOT EXISTS FOR ()-[c:CLAIM_PRODUCES]-() ON (c.recorded);
CREATE INDEX claim_produces_retracted IF NOT EXISTS FOR ()-[c:CLAIM_PRODUCES]-() ON (c.retracted);
CREATE CONSTRAINT claim_needs_live_id IF NOT EXISTS FOR ()-[c:CLAIM_NEEDS]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_needs_recorded IF NOT EXISTS FOR ()-[c:CLAIM_NEEDS]-() ON (c.recorded);
CREATE INDEX claim_needs_retracted IF NOT EXISTS FOR ()-[c:CLAIM_NEEDS]-() ON (c.retracted);
CREATE CONSTRAINT claim_requires_live_id IF NOT EXISTS FOR ()-[c:CLAIM_REQUIRES]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_requires_recorded IF NOT EXISTS FOR ()-[c:CLAIM_REQUIRES]-() ON (c.recorded);
CREATE INDEX claim_requires_retracted IF NOT EXISTS FOR ()-[c:CLAIM_REQUIRES]-() ON (c.retracted);
CREATE CONSTRAINT claim_exports_to_live_id IF NOT EXISTS FOR ()-[c:CLAIM_EXPORTS_TO]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_exports_to_recorded IF NOT EXISTS FOR ()-[c:CLAIM_EXPORTS_TO]-() ON (c.recorded);
CREATE INDEX claim_exports_to_retracted IF NOT EXISTS FOR ()-[c:CLAIM_EXPORTS_TO]-() ON (c.retracted);
CREATE CONSTRAINT claim_sells_to_live_id IF NOT EXISTS FOR ()-[c:CLAIM_SELLS_TO]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_sells_to_recorded IF NOT EXISTS FOR ()-[c:CLAIM_SELLS_TO]-() ON (c.recorded);
CREATE INDEX claim_sells_to_retracted IF NOT EXISTS FOR ()-[c:CLAIM_SELLS_TO]-() ON (c.retracted);
CREATE CONSTRAINT claim_cooperates_with_live_id IF NOT EXISTS FOR ()-[c:CLAIM_COOPERATES_WITH]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_cooperates_with_recorded IF NOT EXISTS FOR ()-[c:CLAIM_COOPERATES_WITH]-() ON (c.recorded);
CREATE INDEX claim_cooperates_with_retracted IF NOT EXISTS FOR ()-[c:CLAIM_COOPERATES_WITH]-() ON (c.retracted);
CREATE CONSTRAINT claim_member_of_live_id IF NOT EXISTS FOR ()-[c:CLAIM_MEMBER_OF]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_member_of_recorded IF NOT EXISTS FOR ()-[c:CLAIM_MEMBER_OF]-() ON (c.recorded);
CREATE INDEX claim_member_of_retracted IF NOT EXISTS FOR ()-[c:CLAIM_MEMBER_OF]-() ON (c.retracted);
CREATE CONSTRAINT claim_participates_in_live_id IF NOT EXISTS FOR ()-[c:CLAIM_PARTICIPATES_IN]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_participates_in_recorded IF NOT EXISTS FOR ()-[c:CLAIM_PARTICIPATES_IN]-() ON (c.recorded);
CREATE INDEX claim_participates_in_retracted IF NOT EXISTS FOR ()-[c:CLAIM_PARTICIPATES_IN]-() ON (c.retracted);
CREATE CONSTRAINT claim_has_stage_live_id IF NOT EXISTS FOR ()-[c:CLAIM_HAS_STAGE]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_has_stage_recorded IF NOT EXISTS FOR ()-[c:CLAIM_HAS_STAGE]-() ON (c.recorded);
CREATE INDEX claim_has_stage_retracted IF NOT EXISTS FOR ()-[c:CLAIM_HAS_STAGE]-() ON (c.retracted);
CREATE CONSTRAINT claim_has_role_live_id IF NOT EXISTS FOR ()-[c:CLAIM_HAS_ROLE]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_has_role_recorded IF NOT EXISTS FOR ()-[c:CLAIM_HAS_ROLE]-() ON (c.recorded);
CREATE INDEX claim_has_role_retracted IF NOT EXISTS FOR ()-[c:CLAIM_HAS_ROLE]-() ON (c.retracted);
CREATE CONSTRAINT claim_used_in_live_id IF NOT EXISTS FOR ()-[c:CLAIM_USED_IN]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_used_in_recorded IF NOT EXISTS FOR ()-[c:CLAIM_USED_IN]-() ON (c.recorded);
CREATE INDEX claim_used_in_retracted IF NOT EXISTS FOR ()-[c:CLAIM_USED_IN]-() ON (c.retracted);
CREATE CONSTRAINT claim_created_by_live_id IF NOT EXISTS FOR ()-[c:CLAIM_CREATED_BY]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_created_by_recorded IF NOT EXISTS FOR ()-[c:CLAIM_CREATED_BY]-() ON (c.recorded);
CREATE INDEX claim_created_by_retracted IF NOT EXISTS FOR ()-[c:CLAIM_CREATED_BY]-() ON (c.retracted);
CREATE CONSTRAINT claim_unnamed_suppliers_of_live_id IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_SUPPLIERS_OF]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_unnamed_suppliers_of_recorded IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_SUPPLIERS_OF]-() ON (c.recorded);
CREATE INDEX claim_unnamed_suppliers_of_retracted IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_SUPPLIERS_OF]-() ON (c.retracted);
CREATE CONSTRAINT claim_unnamed_customers_of_live_id IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_CUSTOMERS_OF]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_unnamed_customers_of_recorded IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_CUSTOMERS_OF]-() ON (c.recorded);
CREATE INDEX claim_unnamed_customers_of_retracted IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_CUSTOMERS_OF]-() ON (c.retracted);
CREATE CONSTRAINT claim_unnamed_partners_of_live_id IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_PARTNERS_OF]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_unnamed_partners_of_recorded IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_PARTNERS_OF]-() ON (c.recorded);
CREATE INDEX claim_unnamed_partners_of_retracted IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_PARTNERS_OF]-() ON (c.retracted);
CREATE CONSTRAINT claim_unnamed_markets_of_live_id IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_MARKETS_OF]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_unnamed_markets_of_recorded IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_MARKETS_OF]-() ON (c.recorded);
CREATE INDEX claim_unnamed_markets_of_retracted IF NOT EXISTS FOR ()-[c:CLAIM_UNNAMED_MARKETS_OF]-() ON (c.retracted);
CREATE CONSTRAINT claim_has_live_id IF NOT EXISTS FOR ()-[c:CLAIM_HAS]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_has_recorded IF NOT EXISTS FOR ()-[c:CLAIM_HAS]-() ON (c.recorded);
CREATE INDEX claim_has_retracted IF NOT EXISTS FOR ()-[c:CLAIM_HAS]-() ON (c.retracted);
CREATE CONSTRAINT claim_described_in_live_id IF NOT EXISTS FOR ()-[c:CLAIM_DESCRIBED_IN]-() REQUIRE c.live_id IS UNIQUE;
CREATE INDEX claim_described_in_recorded IF NOT EXISTS FOR ()-[c:CLAIM_DESCRIBED_IN]-() ON (c.recorded);
CREATE INDEX claim_described_in_retracted IF NOT EXISTS FOR ()-[c:CLAIM_DESCRIBED_IN]-() ON (c.retracted);

CREATE INDEX entity_merged_into IF NOT EXISTS FOR (n:Entity) ON (n.merged_into);
CREATE INDEX entity_unit_id IF NOT EXISTS FOR (n:Entity) ON (n.unit_id);
CREATE INDEX entity_inn IF NOT EXISTS FOR (n:Entity) ON (n.inn);
CREATE INDEX entity_ogrn IF NOT EXISTS FOR (n:Entity) ON (n.ogrn);
CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name);
CREATE INDEX product_okpd2 IF NOT EXISTS FOR (n:Product) ON (n.okpd2);
CREATE INDEX product_hs IF NOT EXISTS FOR (n:Product) ON (n.hs);
CREATE POINT INDEX company_point IF NOT EXISTS FOR (n:Company) ON (n.point);
CREATE POINT INDEX plant_point IF NOT EXISTS FOR (n:Plant) ON (n.point);
CREATE POINT INDEX city_point IF NOT EXISTS FOR (n:City) ON (n.point);
CREATE FULLTEXT INDEX names IF NOT EXISTS
  FOR (n:Company|Plant|Organization|Person|Product|City|Region|Country|PartnerGroup|Cluster|Project|Stage)
  ON EACH [n.name, n.name_en, n.names, n.inn, n.ogrn]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'russian', `fulltext.eventually_consistent`: true}};
