import "@shared/palette.css";
import "./inspector.css";
import { createApp } from "vue";
import { speaking } from "@shared/language";
import App from "./App.vue";
import { begin } from "./person";
import { refresh, startSending } from "./queue/sender";
import { router } from "./router";
import { en } from "./words/en";
import { zh } from "./words/zh";

/** The queue is known before the first page asks what waits in it. */
void begin().then(refresh).then(() => {
  createApp(App).use(speaking(zh, en)).use(router).mount("#app");
  startSending();
});
