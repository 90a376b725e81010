import { deepEqual, equal } from "node:assert/strict";
import { terminalText } from "./ansi.ts";
import { toHtml } from "./tree.ts";

const html = (text: string) => toHtml(terminalText(text));

Deno.test("terminalText() gives the lecture's lines their colours", () => {
  equal(
    html("\x1b[33m -- generated item 1\x1b[0m\n"),
    '<span class="ansi-yellow-fg"> -- generated item 1</span>\n',
  );
});

Deno.test("terminalText() escapes text inside and outside of colours", () => {
  equal(html("<a>\x1b[36m&\"'\x1b[0m"), '&lt;a&gt;<span class="ansi-cyan-fg">&amp;"\'</span>');
});

Deno.test("terminalText() interprets nothing but colours and weights", () => {
  const nasty = "a\x1b[2Jb\x1b[10;3Hc\x1b]0;title\x07d\x1b]8;;http://x\x1b\\e\x1b[?25lf\x1b(Bg\x00\x08h\x1b";
  equal(html(nasty), "abcdefgh");
  equal(html("ab\x1bP1$r0m\x1b\\c\x1b_G\x1b\\d\x1bXe\x1b\\e\x1b^f\x1b\\fg\x1b#8h"), "abcdefgh");
});

Deno.test("terminalText() shows an unended sequence as nothing, and keeps what follows", () => {
  equal(html("\x1b[31mred \x1b[999;mstill\x1b[38;5mx").replace(/<[^>]*>/g, ""), "red stillx");
});

Deno.test("terminalText() takes the nearest of eight hues for any other colour", () => {
  const hue = (code: string) => html(`\x1b[${code}mx`).match(/class="([^"]*)"/)?.[1];
  const codes = [
    "93",
    "38;5;208",
    "38;5;51",
    "38;2;200;30;40",
    "38;2;20;20;20",
    "38;5;250",
    "48;5;21",
    "103",
  ];
  deepEqual(codes.map(hue), [
    "ansi-yellow-fg",
    "ansi-red-fg",
    "ansi-cyan-fg",
    "ansi-red-fg",
    "ansi-black-fg",
    "ansi-white-fg",
    "ansi-blue-bg",
    "ansi-yellow-bg",
  ]);
});

Deno.test("terminalText() lets a carriage return start the line again", () => {
  equal(html("10 %\r50 %\r100 %\r\ndone"), "100 %\ndone");
});

Deno.test("terminalText() writes over a line, as a terminal does", () => {
  equal(html("abcdef\rXY"), "XYcdef");
  equal(html("abc\b\bX"), "aXc");
  equal(html("\b\ba\b"), "a");
  equal(html("100 %\r\x1b[K5 %"), "5 %");
  equal(html("a\x1b[31mbc\x1b[0m\rX"), 'X<span class="ansi-red-fg">bc</span>');
  equal(html("ab\r\x1b[32mX\x1b[0m\n😀b\rY"), '<span class="ansi-green-fg">X</span>b\nYb');
});

Deno.test("terminalText() reverses the page's own colours", () => {
  equal(html("\x1b[7mx\x1b[27my"), '<span class="ansi-black-fg ansi-white-bg">x</span>y');
});

Deno.test("terminalText() takes no longer for one long line than its length deserves", () => {
  equal(html("x".repeat(200_000)).length, 200_000);
});
