import { lazy, Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";
import { NotFoundPage } from "./pages/NotFoundPage";
import { EvidenceProvider } from "./evidence/EvidenceDrawer";
import { Alarm } from "./parts/Alarm";
import { Boundary, BrokenPage } from "./parts/Broken";
import { TopBar } from "./parts/TopBar";
import { useTitle } from "./parts/useTitle";
import { Strips } from "./parts/Waiting";

const HomePage = lazy(() => import("./pages/HomePage"));
const SearchPage = lazy(() => import("./pages/SearchPage"));
const ExplorerPage = lazy(() => import("./pages/ExplorerPage"));
const DocumentPage = lazy(() => import("./pages/DocumentPage"));
const EntityPage = lazy(() => import("./pages/EntityPage"));
const WhatIfPage = lazy(() => import("./pages/WhatIfPage"));
const PathsPage = lazy(() => import("./pages/PathsPage"));
const ContradictionsPage = lazy(() => import("./pages/ContradictionsPage"));
const PartnersPage = lazy(() => import("./pages/PartnersPage"));
const DataPage = lazy(() => import("./pages/DataPage"));

/** Addresses of the pages; each is loaded when it is first opened. */
export function App() {
  const [path] = useLocation();
  useTitle();
  return (
    <EvidenceProvider>
      <TopBar />
      <Alarm />
      <Boundary key={path} instead={<BrokenPage />}>
        <Suspense fallback={<main id="content" className="wrap" aria-busy><Strips rows={8} /></main>}>
          <Switch>
            <Route path="/"><HomePage /></Route>
            <Route path="/search"><SearchPage /></Route>
            <Route path="/entities/:id">{({ id }) => <EntityPage key={id} id={decodeURIComponent(id)} />}</Route>
            <Route path="/documents/*">{({ "*": id }) => <DocumentPage key={id} id={decodeURIComponent(id ?? "")} />}</Route>
            <Route path="/explorer"><ExplorerPage /></Route>
            <Route path="/what-if"><WhatIfPage /></Route>
            <Route path="/paths"><PathsPage /></Route>
            <Route path="/contradictions"><ContradictionsPage /></Route>
            <Route path="/partners"><PartnersPage /></Route>
            <Route path="/data"><DataPage /></Route>
            <Route><NotFoundPage /></Route>
          </Switch>
        </Suspense>
      </Boundary>
    </EvidenceProvider>
  );
}
