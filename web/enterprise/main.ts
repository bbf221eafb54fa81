import "@shared/palette.css";
import "./enterprise.css";
import { createApp } from "vue";
import { speaking } from "@shared/language";
import { applyLarge } from "@shared/largeType";
import App from "./App.vue";
import { en } from "./words/en";
import { zh } from "./words/zh";

applyLarge();
createApp(App).use(speaking(zh, en)).mount("#app");
