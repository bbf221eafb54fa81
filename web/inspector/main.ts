import "@shared/palette.css";
import "./inspector.css";
import { createApp } from "vue";
import { speaking } from "@shared/language";
import App from "./App.vue";
import { begin } from "./person";
import { startSending } from "./queue/sender";
import { router } from "./router";
import { en } from "./words/en";
import { zh } from "./words/zh";

void begin().then(() => {
  createApp(App).use(speaking(zh, en)).use(router).mount("#app");
  startSending();
});
