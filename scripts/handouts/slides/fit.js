// Slides are cut to size here, in the browser, which alone knows how high a text is. What stands on a slide is taken as
// pieces that are never cut, one below the other, and dealt out to slides at the lowest cost.
const room = 616;
/** The room of the heading in small, above what goes on from an earlier slide. */
const headline = 48;
/** The part of its height that a slide may lose, and a picture; and the size of text that can be read from the last row. */
const [spared, loss, readable] = [0.1, 0.15, 18];
const boxes = "pre, table, ul, ol, dl, p";
const whole = `h1, h2, h3, h4, h5, h6, ${boxes}, li, thead, .line, .work > *, details`;

const create = (tag, text, className = "") =>
  Object.assign(document.createElement(tag), { textContent: text, className });

/** The largest elements that a slide has room for; a text that has none is taken word by word. */
function piecesOf(element) {
  const { height } = element.getBoundingClientRect();
  if (height === 0) return [];
  if (element.matches(".picture")) return panelsOf(element);
  const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
  const fits = height <= room - headline && (element.matches(whole) || texts.length > 0);
  const isLeaf = element.matches("tr, svg, math, video, object") ||
    element.childElementCount + texts.length === 0;
  if (fits || isLeaf) return [element];
  for (const text of texts) {
    text.replaceWith(...text.data.split(/(?<=\s)/).map((word) => create("span", word)));
  }
  return [...element.children].flatMap(piecesOf);
}

/** A picture that would have to shrink too much is cut between its panels: each part shows a strip of the whole. */
function panelsOf(picture) {
  const drawing = picture.firstElementChild;
  const { width, height } = drawing?.viewBox?.baseVal ?? {};
  const most = (room - headline) / (1 - loss) / picture.clientWidth * width;
  const ends = [...drawing.querySelectorAll(":scope > svg + svg")].map((panel) => panel.y.baseVal.value);
  if (!(height > most) || ends.length === 0) return [picture];
  const starts = [0];
  ends.forEach((end, n) => (ends[n + 1] ?? height) - starts.at(-1) > most && starts.push(end));
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

/** Returns where a piece begins and ends, with what each part of its box has of it: edges around lines, a head above rows. */
function placeOf(piece) {
  const { top, bottom } = piece.getBoundingClientRect();
  const head = piece.closest("tbody tr")?.closest("table").tHead?.offsetHeight ?? 0;
  const edge = piece.matches(".line") ? parseFloat(getComputedStyle(piece.closest("pre")).paddingTop) : 0;
  return { top: top - head - edge, bottom: bottom + edge };
}

/** Returns true for one of fewer than three lines at an end of their box, which a break would leave to themselves. */
function isAlone(line, side) {
  const beside = `${side}ElementSibling`;
  return line.matches(".line") && !line[beside]?.[beside];
}

/** The penalty for a break between two pieces. */
function breakPenalty(piece, next) {
  const text = piece.textContent;
  if (piece.matches("h1, h2, h3, h4, h5, h6, thead, .label, .solved")) return 1_000;
  if (piece.closest(boxes)?.contains(next)) {
    if (isAlone(piece, "previous") || isAlone(next, "next")) return 140;
    return piece.matches(".code *") && !text.trim() && /^[^\s\])}]/.test(next.textContent) ? 5 : 70;
  }
  if (/[:：]\W*$/.test(text)) return 160;
  if (!piece.closest(".cell")?.contains(next)) return 0;
  return piece.matches(".code, .code *") ? 60 : 15;
}

/** Returns where slides begin, at the lowest cost: of breaks, of room left empty, of pictures that get smaller. */
function startsOf(page) {
  const pieces = piecesOf(page);
  const places = pieces.map(placeOf);
  const best = [{ cost: 0, from: 0 }];
  for (let end = 0; end < pieces.length; end++) {
    let [found, spare] = [{ cost: Infinity }, spared];
    for (let from = end; from >= 0; from--) {
      const { top, bottom } = places[from];
      if (pieces[from].matches(".picture")) spare += loss * (bottom - top) / room;
      const isOpening = pieces[from].matches("h1, h2") || (from === 0 && opensStack(page));
      const over = (places[end].bottom - top + (isOpening ? 0 : headline)) / room - 1;
      if (over > spare && from < end) break;
      const turning = from > 0 ? breakPenalty(pieces[from - 1], pieces[from]) : 0;
      const cost = best[from].cost + turning + 100 + (over > 0 ? 250 * over : 40 * over ** 2);
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const starts = [];
  for (let at = best.at(-1).from; at > 0; at = best[at].from) starts.push(pieces[at]);
  return starts;
}

/** Moves all from `start` on to a slide of its own; what is cut goes on there in a copy of its box. */
function turn(page, start) {
  const head = start.matches("tbody tr") && start.closest("table").tHead?.cloneNode(true);
  while (start.parentElement !== page && !start.previousElementSibling) start = start.parentElement;
  const range = document.createRange();
  range.setStartBefore(start);
  range.setEndAfter(page);
  const below = create("section");
  below.append(range.extractContents());
  if (head) below.querySelector("table").prepend(head);
  page.parentElement.after(below);
}

/** Shrinks what is too much: pictures first, then all, where a reader's fonts are wide or a piece fills no slide. */
function fit(page) {
  page.style = "";
  const isLow = () => page.scrollHeight <= page.clientHeight + 1;
  const shrink = (name, least, isDone) => {
    for (let part = 98; part >= least && !isDone(); part -= 2) page.style.setProperty(name, part / 100);
  };
  shrink("--picture", 50, isLow);
  shrink("--zoom", 30, () => isLow() && page.scrollWidth <= page.clientWidth + 1);
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
  const cuts = pages().map((page) => [page, startsOf(page)]);
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
  const size = { width: 1280, height: 720, margin: 0, center: false, progress: false };
  const keys = { hash: true, navigationMode: "linear", slideNumber: "c/t", controlsLayout: "edges" };
  await Reveal.initialize({ ...size, ...keys, transition: "none", plugins: [RevealNotes] });
});
addEventListener("toggle", ({ target }) => fit(target.closest(".page")), true);
