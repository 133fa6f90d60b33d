import { lazy, Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";
import { usePathname } from "wouter/use-browser-location";
import { NotFoundPage } from "./pages/NotFoundPage";
import { EvidenceProvider } from "./evidence/EvidenceDrawer";
import { namedIn } from "./parts/address";
import { Alarm } from "./parts/Alarm";
import { Boundary, BrokenPage, loaded } from "./parts/Broken";
import { TopBar } from "./parts/TopBar";
import { useTitle } from "./parts/useTitle";
import { Strips } from "./parts/Waiting";

const HomePage = lazy(() => loaded(import("./pages/HomePage")));
const SearchPage = lazy(() => loaded(import("./pages/SearchPage")));
const ExplorerPage = lazy(() => loaded(import("./pages/ExplorerPage")));
const DocumentPage = lazy(() => loaded(import("./pages/DocumentPage")));
const EntityPage = lazy(() => loaded(import("./pages/EntityPage")));
const WhatIfPage = lazy(() => loaded(import("./pages/WhatIfPage")));
const PathsPage = lazy(() => loaded(import("./pages/PathsPage")));
const ContradictionsPage = lazy(() => loaded(import("./pages/ContradictionsPage")));
const PartnersPage = lazy(() => loaded(import("./pages/PartnersPage")));
const DataPage = lazy(() => loaded(import("./pages/DataPage")));

/** Addresses of the pages; each is loaded when it is first opened. */
export function App() {
  const [path] = useLocation();
  const named = namedIn(usePathname());
  useTitle();
  return (
    <EvidenceProvider>
      <TopBar />
      <Alarm />
      <Boundary key={path} instead={(error) => <BrokenPage error={error} />}>
        <Suspense fallback={<main id="content" className="wrap" aria-busy><Strips rows={8} /></main>}>
          <Switch>
            <Route path="/"><HomePage /></Route>
            <Route path="/search"><SearchPage /></Route>
            <Route path="/entities/:id"><EntityPage key={named} id={named} /></Route>
            <Route path="/documents/*"><DocumentPage key={named} id={named} /></Route>
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
