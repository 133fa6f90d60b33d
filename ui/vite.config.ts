import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Flask serves the result under /static/app; with `npm run dev` the API is that of a service on this machine.
export default defineConfig({
  base: "/static/app/",
  plugins: [react()],
  resolve: { alias: [{ find: /^fflate$/, replacement: fileURLToPath(new URL("src/explorer/zip.ts", import.meta.url)) }] },
  build: {
    outDir: "../graph_service/api/static/app",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the Content-Security-Policy takes no data: addresses
    target: "es2023",
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000", "/static/glyphs.svg": "http://127.0.0.1:8000" } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
