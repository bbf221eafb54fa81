import { fileURLToPath } from "node:url";
import { frontEnd } from "../vite.shared";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Two doors: the page of one's own, and the script that helps the scanned page, whose name the service writes into it. */
const config = frontEnd("enterprise", "/enterprise/", "chrome70");

export default {
  ...config,
  build: {
    ...config.build,
    rollupOptions: {
      input: { index: here("./index.html"), scanned: here("./scanned/scanned.ts") },
      output: { entryFileNames: (chunk: { name: string }) => (chunk.name === "scanned" ? "scanned.js" : "assets/[name]-[hash].js") },
    },
  },
};
