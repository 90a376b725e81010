// Splits slides that are too full, in the browser, since only it knows how high text is. The content is a sequence of
// pieces that are never split, and is divided among slides at the lowest cost.
/** The height of a slide's content, in pixels. */
const room = 616;
/** The height of the small heading above content continued from an earlier slide. */
const headline = 48;
/** The share by which a slide and a picture may shrink, and the text size in pixels that is legible from the last row. */
const [spared, loss, readable] = [0.1, 0.15, 18];
const boxes = "pre, table, ul, ol, dl, p";
const whole = `h1, h2, h3, h4, h5, h6, ${boxes}, li, thead, .line, .work > *, details`;

const create = (tag, text, className = "") =>
  Object.assign(document.createElement(tag), { textContent: text, className });

/** The pieces of an element: the largest elements that fit on a slide. Text that does not fit is split into words. */
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

/** Splits a picture that would shrink too much between its panels; each part shows a strip of the whole. */
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

/** The top and bottom of a piece, including what each part of a split box repeats: padding around lines, a head above rows. */
function placeOf(piece) {
  const { top, bottom } = piece.getBoundingClientRect();
  const head = piece.closest("tbody tr")?.closest("table").tHead?.offsetHeight ?? 0;
  const edge = piece.matches(".line") ? parseFloat(getComputedStyle(piece.closest("pre")).paddingTop) : 0;
  return { top: top - head - edge, bottom: bottom + edge };
}

/** The break penalty between two pieces. */
function breakPenalty(piece, next) {
  const text = piece.textContent;
  if (piece.matches("h1, h2, h3, h4, h5, h6, thead, .label, .solved")) return 1_000;
  if (piece.closest(boxes)?.contains(next)) {
    // A break would leave a line alone, or two.
    if (piece.matches(".line:nth-child(-n+2)") || next.matches(".line:nth-last-child(-n+2)")) return 140;
    return piece.matches(".code *") && !text.trim() && /^[^\s\])}]/.test(next.textContent) ? 5 : 70;
  }
  if (/[:：]\W*$/.test(text)) return 160;
  if (!piece.closest(".cell")?.contains(next)) return 0;
  return piece.matches(".code, .code *") ? 60 : 15;
}

/** The pieces that start slides, at the lowest cost in breaks, empty room and shrunken pictures. */
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

/** Moves everything from `start` on to a new slide; a split box continues there in a copy. */
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

/** Shrinks content that overflows: pictures first, then everything, as where a reader's fonts are wide or a piece is too large. */
function fit(page) {
  page.style = "";
  const isLow = () => page.scrollHeight <= page.clientHeight + 1;
  const shrink = (name, least, isDone) => {
    for (let part = 98; part >= least && !isDone(); part -= 2) page.style.setProperty(name, part / 100);
  };
  shrink("--picture", 50, isLow);
  shrink("--zoom", 30, () => isLow() && page.scrollWidth <= page.clientWidth + 1);
}

/** Enlarges small text in a page's pictures. Its lines keep their length, so that they do not collide with anything. */
function makeReadable(page) {
  const scale = page.getBoundingClientRect().width / 1280; // the show may be scaled to its window
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

// reveal.js's print view (`?print-pdf`, `?view=print`) is never entered: every view prints correctly, and the print view lays
// slides out step by step, so that a browser that prints as soon as a page has loaded prints none of them.
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
  document.querySelector("#screen").media = "screen"; // before this, and without scripts, the deck is a plain page
  const size = { width: 1280, height: 720, margin: 0, center: false, progress: false };
  const keys = { hash: true, navigationMode: "linear", slideNumber: "c/t", controlsLayout: "edges" };
  await Reveal.initialize({ ...size, ...keys, transition: "none", plugins: [RevealNotes] });
});
addEventListener("toggle", ({ target }) => fit(target.closest(".page")), true);
