import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../../graph_service/api/static/tokens.css";
import "../../graph_service/api/static/pages.css";
import "./style/app.css";
import { App } from "./App";
import { Problem } from "./api/client";
import { startTheme } from "./parts/theme";
import { startWords } from "./words";

startTheme();
await startWords();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // What is asked wrongly stays wrong; a service that restarts is worth a second try.
      retry: (count, error) => count < 1 && !(error instanceof Problem && !error.mayPass),
      retryDelay: 500,
      networkMode: "always",
    },
  },
});

const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no #app");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
