import { fileURLToPath } from "node:url";
import { frontEnd } from "../vite.shared";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What is for other ways of writing pages, and for tools that look into them, is left out of what a slow phone fetches. */
const NOT_USED = {
  __VUE_OPTIONS_API__: false,
  __VUE_PROD_DEVTOOLS__: false,
  __VUE_I18N_LEGACY_API__: false,
  __VUE_I18N_FULL_INSTALL__: false,
  __INTLIFY_PROD_DEVTOOLS__: false,
};

/** Two doors: the page of one's own, and the script that helps the scanned page, whose name the service writes into it. */
const config = frontEnd("enterprise", "/enterprise/", "chrome70");

export default {
  ...config,
  define: NOT_USED,
  build: {
    ...config.build,
    rollupOptions: {
      input: { index: here("./index.html"), scanned: here("./scanned/scanned.ts") },
      output: { entryFileNames: (chunk: { name: string }) => (chunk.name === "scanned" ? "scanned.js" : "assets/[name]-[hash].js") },
    },
  },
};
