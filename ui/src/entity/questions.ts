import type { Question } from "../api/ask";

interface About {
  route: Question;
  /** Its words stand under `about.` in the catalogues. */
  name: string;
  /** Asked at once. */
  isOpen?: boolean;
  /** So many lines its answer takes up, about. */
  rows?: number;
}

const OF_ACTORS: About[] = [
  { route: "/api/v1/entities/{id}/exports", name: "exports" },
  { route: "/api/v1/entities/{id}/single-sourced", name: "singleSourced" },
  { route: "/api/v1/entities/{id}/chokepoints", name: "chokepoints" },
  { route: "/api/v1/entities/{id}/exposure", name: "exposure" },
  { route: "/api/v1/entities/{id}/concentration", name: "concentration", isOpen: true },
  { route: "/api/v1/entities/{id}/partners", name: "partners" },
  { route: "/api/v1/entities/{id}/ownership", name: "ownership" },
  { route: "/api/v1/entities/{id}/export-dependence", name: "exportDependence" },
  { route: "/api/v1/entities/{id}/next-best-fact", name: "nextBestFact" },
];

/** What is asked about an entity of a type beside its facts and links: one template for every profile. */
export const QUESTIONS: Partial<Record<string, About[]>> = {
  Plant: OF_ACTORS,
  Company: OF_ACTORS,
  Organization: OF_ACTORS,
  Region: [
    { route: "/api/v1/regions/{id}/cooperation", name: "flows", isOpen: true, rows: 18 },
    { route: "/api/v1/regions/{id}/exports", name: "regionExports", isOpen: true, rows: 12 },
    { route: "/api/v1/entities/{id}/self-sufficiency", name: "selfSufficiency", isOpen: true, rows: 4 },
    { route: "/api/v1/regions/{id}/unmet-needs", name: "unmetNeeds" },
  ],
  City: [
    { route: "/api/v1/regions/{id}/exports", name: "cityExports", isOpen: true, rows: 8 },
    { route: "/api/v1/entities/{id}/self-sufficiency", name: "selfSufficiency", isOpen: true, rows: 4 },
  ],
  Country: [
    { route: "/api/v1/entities/{id}/sellers", name: "exporters", isOpen: true, rows: 6 },
    { route: "/api/v1/regions/{id}/cooperation", name: "countryFlows", isOpen: true, rows: 12 },
    { route: "/api/v1/regions/{id}/exports", name: "countryExports" },
    { route: "/api/v1/entities/{id}/self-sufficiency", name: "selfSufficiency" },
  ],
  Product: [
    { route: "/api/v1/entities/{id}/sellers", name: "sellers", isOpen: true, rows: 8 },
    { route: "/api/v1/entities/{id}/bill-of-materials", name: "billOfMaterials", isOpen: true },
  ],
  Cluster: [
    { route: "/api/v1/clusters/{id}", name: "cluster", isOpen: true },
    { route: "/api/v1/entities/{id}/self-sufficiency", name: "selfSufficiency", isOpen: true, rows: 4 },
    { route: "/api/v1/projects/{id}", name: "project", isOpen: true },
  ],
  Project: [{ route: "/api/v1/projects/{id}", name: "project", isOpen: true }],
};
