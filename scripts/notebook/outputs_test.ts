import assert from "node:assert/strict";
import { type Displays, Outputs } from "./outputs.ts";

type Content = Record<string, unknown>;
const message = (msg_type: string, content: Content) => ({ header: { msg_type }, content });
const print = (text: string, name = "stdout") => message("stream", { name, text });
const display = (text: string, id?: string, type = "display_data") =>
  message(type, { data: { "text/plain": text }, metadata: {}, transient: id ? { display_id: id } : {} });
const clear = (wait: boolean) => message("clear_output", { wait });
const stored = (text: string) => ({
  output_type: "display_data",
  data: { "text/plain": text },
  metadata: {},
});
const stream = (text: string, name = "stdout") => ({ output_type: "stream", name, text });

function outputsOf(...messages: ReturnType<typeof message>[]) {
  const outputs = new Outputs();
  for (const message of messages) outputs.add(message);
  return outputs.toJSON();
}

Deno.test("Outputs merges a stream until another output comes", () => {
  const outputs = outputsOf(
    print("a"),
    print("b"),
    print("e", "stderr"),
    print("c"),
    display("d"),
    print("f"),
  );
  assert.deepEqual(outputs, [stream("ab"), stream("e", "stderr"), stream("c"), stored("d"), stream("f")]);
});

Deno.test("Outputs stores results and errors as the format requires", () => {
  const result = { data: { "text/plain": "1" }, metadata: {}, execution_count: 7, transient: {} };
  const error = { ename: "E", evalue: "v", traceback: ["t"] };
  assert.deepEqual(outputsOf(message("execute_result", result), message("error", error)), [
    { output_type: "execute_result", data: { "text/plain": "1" }, metadata: {}, execution_count: 7 },
    { output_type: "error", ...error },
  ]);
});

Deno.test("Outputs ignores messages other than outputs", () => {
  assert.deepEqual(
    outputsOf(message("status", { execution_state: "busy" }), message("execute_input", {})),
    [],
  );
});

Deno.test("Outputs updates every output with a display id, in earlier cells too", () => {
  const displays: Displays = new Map();
  const [one, two] = [new Outputs(displays), new Outputs(displays)];
  one.add(display("old", "x"));
  one.add(display("other", "y"));
  one.add(display("old", "x"));
  two.add(display("new", "x", "update_display_data"));
  assert.deepEqual(one.toJSON(), [stored("new"), stored("other"), stored("new")]);
  assert.deepEqual(two.toJSON(), []);
});

Deno.test("Outputs updates earlier outputs when their display id is displayed again", () => {
  assert.deepEqual(outputsOf(display("old", "x"), display("new", "x")), [stored("new"), stored("new")]);
});

Deno.test("Outputs is cleared at once, or with the next output", () => {
  assert.deepEqual(outputsOf(print("a"), clear(false)), []);
  assert.deepEqual(outputsOf(print("a"), clear(true)), [stream("a")]);
  assert.deepEqual(outputsOf(print("a"), clear(true), print("b")), [stream("b")]);
});

Deno.test("Outputs does not update what was cleared", () => {
  const outputs = outputsOf(
    display("old", "x"),
    clear(false),
    print("a"),
    display("new", "x", "update_display_data"),
  );
  assert.deepEqual(outputs, [stream("a")]);
});

const malformed: [name: string, message: ReturnType<typeof message>, wrong: RegExp][] = [
  [
    "a number for text",
    message("display_data", { data: { "text/plain": 5 } }),
    /text\/plain: expected a string/,
  ],
  ["no data", message("display_data", { data: null }), /^data: expected an object/],
  ["a number that is printed", message("stream", { name: "stdout", text: 5 }), /^text: expected a string/],
  ["a number for a stream", message("stream", { name: 5, text: "a" }), /^name: expected string/],
  ["an error without words", message("error", { ename: 5 }), /^ename: expected string/],
  [
    "metadata that is a list",
    message("display_data", { data: {}, metadata: [] }),
    /^metadata: expected an obj/,
  ],
  [
    "JSON without end",
    message("display_data", {
      data: { "application/json": JSON.parse("[".repeat(2000) + "]".repeat(2000)) },
    }),
    /json: it is nested too deeply$/,
  ],
];
for (const [name, content, wrong] of malformed) {
  Deno.test(`Outputs leaves out ${name}, and says so`, () => {
    const outputs = new Outputs();
    for (const message of [print("a"), content, print("b")]) outputs.add(message);
    assert.deepEqual(outputs.toJSON(), [stream("ab")]);
    assert.match(outputs.malformed!, wrong);
  });
}

Deno.test("Outputs keeps a display if its update is malformed", () => {
  const outputs = new Outputs();
  outputs.add(display("old", "x"));
  outputs.add(message("update_display_data", { data: { "text/plain": 5 }, transient: { display_id: "x" } }));
  assert.deepEqual(outputs.toJSON(), [stored("old")]);
  assert.match(outputs.malformed!, /text\/plain/);
});
