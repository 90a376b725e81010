/// <reference lib="dom" />
/** Entry point of the script of live pages. @module */
import { startIndex } from "./index_page.ts";
import { LivePage } from "./page.ts";
import { showPage } from "./address.ts";

const saved = ".tools, .controls, .bar, main > .search, .course .seen, iframe";
for (const made of document.querySelectorAll(saved)) made.remove(); // a saved page contains what the script made

showPage();
const text = document.querySelector('[type="application/json"]')?.textContent;
const data = text && JSON.parse(text);
if (data?.sections) startIndex(data);
else if (data) new LivePage(data);
