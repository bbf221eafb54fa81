import "@shared/palette.css";
import "./enterprise.css";
import { createApp, watch } from "vue";
import { keep, kept } from "@shared/kept";
import { language, speaking } from "@shared/language";
import { applyLarge } from "@shared/largeType";
import App from "./App.vue";
import { en } from "./words/en";
import { zh } from "./words/zh";

/** As chosen here or on the page of a scanned code, else as the phone prefers. */
language.value = (kept("lang") ?? navigator.language.slice(0, 2)) === "en" ? "en" : "zh";
watch(language, (chosen) => keep("lang", chosen));
applyLarge();
createApp(App).use(speaking(zh, en)).mount("#app");
