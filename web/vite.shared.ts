import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { compression } from "vite-plugin-compression2";
import type { PluginOption, UserConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One front end: its folder, where it is served, and the oldest engine it must run on. */
export function frontEnd(name: string, base: string, target: string, plugins: PluginOption[] = []): UserConfig {
  return {
    root: here(`./${name}`),
    base,
    plugins: [vue(), ...plugins, compression({ algorithms: ["gzip"], threshold: 1024, include: /\.(js|css|html|svg|wasm)$/ })], // the server sends what lies beside, compressed
    resolve: { alias: { "@shared": here("./shared"), "@api": here("./api/types") } },
    build: { outDir: here(`./dist/${name}`), emptyOutDir: true, target, assetsInlineLimit: 0 },
    server: { proxy: { "/api": "http://127.0.0.1:8000", "/Q": "http://127.0.0.1:8000" } },
  };
}
