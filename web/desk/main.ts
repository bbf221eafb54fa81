import "@shared/palette.css";
import "./desk.css";
import { createApp } from "vue";
import { speaking } from "@shared/language";
import { resume } from "@shared/session";
import App from "./App.vue";
import { router } from "./router";
import { en } from "./words/en";
import { zh } from "./words/zh";

await resume();
createApp(App).use(speaking(zh, en)).use(router).mount("#app");
