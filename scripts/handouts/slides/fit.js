// The slides are cut by counted lines. Where a reader's fonts are wider than that, a slide is shrunk until it fits.
const sections = document.querySelectorAll(".slides section:not(:has(section))");

function fits({ scrollHeight, clientHeight, scrollWidth, clientWidth }) {
  return scrollHeight <= clientHeight + 1 && scrollWidth <= clientWidth + 1;
}

function fit(page) {
  page.classList.remove("long");
  for (let zoom = 100 * (page.dataset.zoom ?? 1); zoom >= 50; zoom -= 5) {
    page.style.setProperty("--zoom", zoom / 100);
    if (fits(page)) return;
  }
  page.classList.add("long");
}

// Any view prints as it should, so the one that reveal.js has for print (`?print-pdf`, `?view=print`) is not entered: it
// lays the slides out by and by, and a browser that prints as soon as a page is there prints none of them.
if (/[?&](?:print-pdf|view=print)/.test(location.search)) {
  history.replaceState(null, "", location.pathname + location.hash);
}

addEventListener("load", async () => {
  document.body.classList.add("measuring");
  for (const section of sections) fit(section.querySelector(".page"));
  document.body.classList.remove("measuring");
  await Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    center: false,
    hash: true,
    navigationMode: "linear",
    slideNumber: "c/t",
    transition: "none",
    backgroundTransition: "none",
    controlsLayout: "edges",
    plugins: [RevealNotes],
  });
});
addEventListener("toggle", ({ target }) => fit(target.closest(".page")), true);
