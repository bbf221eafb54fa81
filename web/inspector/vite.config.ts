import { VitePWA } from "vite-plugin-pwa";
import { frontEnd } from "../vite.shared";

/**
 * A new version waits until the person takes it: a form at a gate is never reloaded away. The first one takes the page
 * that brought it along: the pages not yet opened are there when the signal goes a minute after logging in.
 */
const offline = VitePWA({
  registerType: "prompt",
  injectRegister: null,
  workbox: { clientsClaim: true, globPatterns: ["**/*.{js,css,html,wasm,svg}"], navigateFallback: "/inspector/index.html" },
  manifest: {
    name: "一查 · 执法人员",
    short_name: "一查",
    lang: "zh-CN",
    start_url: "/inspector/",
    scope: "/inspector/",
    display: "standalone",
    background_color: "#f3f5f7",
    theme_color: "#0b5cad",
    icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
  },
});

export default frontEnd("inspector", "/inspector/", "es2020", offline);
