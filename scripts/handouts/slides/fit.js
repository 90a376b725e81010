// Slides are cut to size here, in the browser, which alone knows how high a text is. What stands on a slide is taken as
// pieces that are never cut, one below the other, and dealt out to slides at the lowest cost.
const room = 616;
/** The room of the heading in small, above what goes on from an earlier slide. */
const headline = 48;
/** The part of its height that a picture may lose, and the size of text that can be read from the last row. */
const [loss, readable] = [0.15, 18];
const headings = "h1, h2, h3, h4, h5, h6";
const whole = `${headings}, p, li, tr, thead, .line, .picture, .work > *, details, img, svg, video, iframe`;

/** The smallest elements that are never cut; a text that would fill a slide is taken word by word. */
function elementsOf(element) {
  const { height } = element.getBoundingClientRect();
  if (height === 0) return [];
  const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
  const isShort = height <= room && (element.matches(whole) || texts.length > 0);
  if (element.matches(".picture")) return panelsOf(element);
  if (isShort || element.matches("tr") || !element.hasChildNodes()) return [element];
  for (const text of texts) {
    text.replaceWith(...text.data.split(/(?<=\s)/).map((word) => create("span", word)));
  }
  return [...element.children].flatMap(elementsOf);
}

/** A picture that would have to shrink too much is cut between its panels: each part shows a strip of the whole. */
function panelsOf(picture) {
  const drawing = picture.firstElementChild;
  const panels = [...drawing?.querySelectorAll(":scope > svg") ?? []].map((panel) => panel.y.baseVal.value);
  const { width, height } = drawing?.viewBox?.baseVal ?? {};
  const most = (room - headline) / (1 - loss) / picture.clientWidth * width;
  if (!(height > most) || panels.length < 2) return [picture];
  const ends = [...panels.slice(1), height];
  const starts = [0];
  panels.forEach((start, n) => n > 0 && ends[n] - starts.at(-1) > most && starts.push(start));
  const parts = starts.map((start, n) => {
    const part = picture.cloneNode(true);
    const strip = (starts[n + 1] ?? height) - start;
    part.firstElementChild.setAttribute("viewBox", `0 ${start} ${width} ${strip}`);
    part.firstElementChild.setAttribute("height", strip);
    return part;
  });
  picture.replaceWith(...parts);
  return parts;
}

function create(tag, text, className = "") {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}

/** A piece with its place on the page: the edge of what it is cut out of, which each part of that has, is its own. */
function pieceOf(element) {
  let { top, bottom } = element.getBoundingClientRect();
  const box = element.closest("pre, table, ul, ol, p");
  if (element.matches("tr")) top -= box.tHead?.offsetHeight ?? 0;
  const columns = Number(box?.style.columnCount);
  if (columns) { // as if each row of lines came below the one before
    const [rect, at] = [box.getBoundingClientRect(), [...box.children].indexOf(element)];
    const line = rect.height / Math.ceil(box.children.length / columns);
    top = rect.top + Math.floor(at / columns) * line;
    bottom = rect.top + Math.ceil((at + 1) / columns) * line;
  } else if (element.matches(".line")) {
    const padding = parseFloat(getComputedStyle(box).paddingTop);
    [top, bottom] = [top - padding, bottom + padding];
  }
  return { element, box, top, bottom };
}

/** How bad it is to turn the slide between two pieces. */
function breakPenalty({ element, box }, next) {
  const text = element.textContent;
  if (element.matches(`${headings}, thead, .label`)) return 1_000;
  if (box && box === next.box) {
    const fits = box.offsetHeight <= room - headline;
    const isBetween = box.matches(".code") && /^\s*$/.test(text) &&
      /^[^\s\])}]/.test(next.element.textContent);
    return isBetween ? (fits ? 110 : 5) : fits ? 300 : 70;
  }
  if (/[:：]\W*$/.test(text)) return 160;
  if (!element.closest(".cell")?.contains(next.element)) return 0;
  return box?.matches(".code") ? 60 : 15;
}

/** Where slides begin, at the lowest cost: of turns, of room left empty, of what is smaller than it could be. */
function startsOf(page, isFirst) {
  const pieces = elementsOf(page).map(pieceOf);
  const penalties = pieces.map((piece, at) => at > 0 ? breakPenalty(pieces[at - 1], piece) : 0);
  const best = [{ cost: 0, from: 0 }];
  for (let end = 0; end < pieces.length; end++) {
    let [found, pictures, text] = [{ cost: Infinity, from: end }, 0, 0.1];
    for (let from = end; from >= 0; from--) {
      const { element, top, bottom } = pieces[from];
      if (element.matches(".picture")) pictures += loss * (bottom - top) / room;
      if (element.matches(".text *")) text = 0; // it is small enough
      const above = element.matches("h1, h2") || (from === 0 && isFirst) ? 0 : headline;
      const over = (pieces[end].bottom - top + above) / room - 1;
      if (over > (pictures || text) && from < end) break;
      const look = over > 0 ? over * (pictures ? 250 : 1_000) : 40 * over ** 2;
      const cost = best[from].cost + penalties[from] + 100 + look;
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const starts = [];
  for (let at = best.at(-1).from; at > 0; at = best[at].from) starts.push(pieces[at].element);
  return starts;
}

/** Moves all from `start` on to a slide of its own; what is cut goes on there in a copy of its box. */
function turn(page, start) {
  const isBlank = (line) => line?.matches(".line") && !line.textContent.trim();
  while (isBlank(start.previousElementSibling)) start.previousElementSibling.remove();
  const table = start.closest("table");
  while (start.parentElement !== page && !start.previousElementSibling) start = start.parentElement;
  const head = start.matches("table *") && table.tHead?.cloneNode(true);
  const range = document.createRange();
  range.setStartBefore(start);
  range.setEndAfter(page.lastChild);
  const below = create("section");
  below.append(create("div", "", "page"));
  below.firstChild.append(range.extractContents());
  if (head) below.querySelector("table").prepend(head);
  page.parentElement.after(below);
}

/** Shrinks what is too much: pictures first, then all, where a reader's fonts are wide or a piece fills no slide. */
function fit(page) {
  page.style.removeProperty("--zoom");
  const over = () => page.scrollHeight - page.clientHeight;
  const fits = () => over() <= 1 && page.scrollWidth <= page.clientWidth + 1;
  if (fits()) return;
  const heights = new Map([...page.querySelectorAll(".picture > *")].map((it) => [it, it.clientHeight]));
  const share = Math.max(0.5, 1 - over() / [...heights.values()].reduce((sum, height) => sum + height, 0));
  for (const [picture, height] of heights) picture.style.height = `${height * share}px`;
  for (let zoom = 95; zoom >= 30 && !fits(); zoom -= 5) page.style.setProperty("--zoom", zoom / 100);
}

/** Enlarges the small text of a page's pictures; its lines stay as long as they were, so that they run into nothing. */
function makeReadable(page) {
  const scale = page.getBoundingClientRect().width / 1280; // the whole show may be larger or smaller
  for (const text of page.querySelectorAll(".picture text")) {
    const size = parseFloat(getComputedStyle(text).fontSize);
    const shown = size * text.getScreenCTM().a / scale;
    if (shown >= readable) continue;
    const lines = text.childElementCount > 0 ? [...text.children] : [text];
    const lengths = lines.map((line) => line.getComputedTextLength());
    text.style.fontSize = `${size * readable / shown}px`;
    lines.forEach((line, n) => {
      line.setAttribute("textLength", lengths[n]);
      line.setAttribute("lengthAdjust", "spacingAndGlyphs");
    });
  }
}

// Any view prints as it should, so the one that reveal.js has for print (`?print-pdf`, `?view=print`) is not entered: it
// lays the slides out by and by, and a browser that prints as soon as a page is there prints none of them.
if (/[?&](?:print-pdf|view=print)/.test(location.search)) {
  history.replaceState(null, "", location.pathname + location.hash);
}

const pages = () => [...document.querySelectorAll(".page")];
const opensStack = (page) => !page.parentElement.previousElementSibling;

addEventListener("load", async () => {
  document.body.classList.add("fitted");
  for (const list of document.querySelectorAll(".page ol")) {
    [...list.children].forEach((entry, at) => entry.value = list.start + at);
  }
  const cuts = pages().map((page) => [page, startsOf(page, opensStack(page))]);
  for (const [page, starts] of cuts) for (const start of starts) turn(page, start);
  let title;
  for (const page of pages()) {
    if (opensStack(page)) title = undefined;
    if (title && !page.querySelector(":is(h1, h2):first-child")) page.prepend(create("p", title, "headline"));
    title = [...page.querySelectorAll("h1, h2")].at(-1)?.textContent ?? title;
  }
  pages().forEach(fit);
  pages().forEach(makeReadable);
  document.querySelector("#screen").media = "screen"; // until then, and without scripts, the deck is a plain page
  const size = { width: 1280, height: 720, margin: 0, center: false };
  const keys = { hash: true, navigationMode: "linear", slideNumber: "c/t", controlsLayout: "edges" };
  await Reveal.initialize({ ...size, ...keys, transition: "none", plugins: [RevealNotes] });
});
addEventListener("toggle", ({ target }) => fit(target.closest(".page")), true);
