// Opens a page in headless Chromium as a person with a keyboard would, and prints what happened as JSON.
//
// node visit.mjs CHROMIUM AXE PAGE [DIRECTORY-FOR-PICTURES]
//
// It speaks the DevTools protocol over two pipes: no port, no package.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [chromium, axe, page, pictures] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "emt-browser-"));
const browser = spawn(
  chromium,
  ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank"],
  { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
);

let next = 0;
let rest = "";
const waiting = new Map();
const listeners = [];
browser.stdio[4].on("data", (bytes) => {
  const parts = (rest + bytes).split("\0");
  rest = parts.pop();
  for (const message of parts.map((part) => JSON.parse(part))) {
    if (message.id) {
      const { resolve, reject } = waiting.get(message.id);
      message.error ? reject(new Error(message.error.message)) : resolve(message.result);
    } else {
      listeners.forEach((listener) => listener(message));
    }
  }
});
const send = (method, params = {}, sessionId) =>
  new Promise((resolve, reject) => {
    const id = ++next;
    waiting.set(id, { resolve, reject });
    browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
  });

const { targetId } = await send("Target.createTarget", { url: "about:blank" });
const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
const ask = (method, params) => send(method, params, sessionId);
const run = async (expression) => {
  const { result, exceptionDetails } = await ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
  return result.value;
};
const press = async (key, code, text) => {
  const event = { key, code: key === " " ? "Space" : key, windowsVirtualKeyCode: code, text };
  await ask("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", ...event });
  await ask("Input.dispatchKeyEvent", { type: "keyUp", ...event });
};

const problems = [];
listeners.push(({ method, params }) => {
  if (method === "Runtime.exceptionThrown") problems.push(params.exceptionDetails.text);
  if (method === "Runtime.consoleAPICalled" && ["error", "warning"].includes(params.type)) problems.push(JSON.stringify(params.args));
  if (method === "Log.entryAdded" && ["error", "warning"].includes(params.entry.level)) problems.push(params.entry.text);
});
for (const domain of ["Runtime", "Log", "Page"]) await ask(`${domain}.enable`);
const loaded = new Promise((resolve) => listeners.push(({ method }) => method === "Page.loadEventFired" && resolve()));
await ask("Emulation.setDeviceMetricsOverride", { width: 1200, height: 900, deviceScaleFactor: 1, mobile: false });
await ask("Page.navigate", { url: pathToFileURL(page).href });
await loaded;

const state = `({
  all: document.querySelectorAll(".object").length,
  shown: [...document.querySelectorAll(".object")].filter((object) => !object.hidden).map((object) => object.querySelector("h3").textContent.replace(/\\s+/g, " ").trim()),
  count: document.getElementById("count").textContent,
})`;
const choose = (id, value) =>
  run(`{ const field = document.getElementById(${JSON.stringify(id)}); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event("input", { bubbles: true })); }`);
const reset = async () => {
  await run(`document.querySelector("button[type=reset]").click()`);
  await run(`new Promise((resolve) => setTimeout(resolve, 20))`);
};

// The keyboard reaches everything, and one sees where it is.
const REACHABLE = `[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((element) => element.checkVisibility())`;
await run(`${REACHABLE}.forEach((element, index) => (element.dataset.stop = index))`);
const stops = await run(`${REACHABLE}.length`);
const reached = new Set();
let unseen = 0;
for (let index = 0; index < stops + 40; index += 1) {
  await press("Tab", 9);
  const at = await run(`{ const at = document.activeElement; ({ stop: at.dataset.stop ?? "", seen: getComputedStyle(at).outlineStyle !== "none", body: at === document.body }) }`);
  if (at.stop !== "") reached.add(at.stop);
  if (!at.seen && !at.body) unseen += 1;
}
const missed = await run(`${REACHABLE}.filter((element) => !${JSON.stringify([...reached])}.includes(element.dataset.stop)).map((element) => element.outerHTML.slice(0, 90))`);
await run(`document.querySelector(".object > summary").focus()`);
const before = await run(`document.querySelector(".object").open`);
await press("Enter", 13, "\r");
const toggles = before !== (await run(`document.querySelector(".object").open`));

const all = await run(state);
await run(`document.getElementById("search").focus()`);
await ask("Input.insertText", { text: "apim-banking-traffic" });
const searched = await run(state);
await reset();
const environment = await run(`document.querySelector("#environment option:nth-child(2)").value`);
await choose("environment", environment);
const filtered = await run(state);
const foreign = await run(`[...document.querySelectorAll(".object:not([hidden])")].filter((object) => !object.dataset.environments.split(" ").includes(${JSON.stringify(environment)})).length`);
await reset();
const component = await run(`document.querySelector("#component option:nth-child(2)").value`);
await choose("component", component);
const ofComponent = await run(state);
await reset();
await run(`document.querySelectorAll("input[name=class]").forEach((box, index) => { if (index > 0) box.click(); })`);
const ofClass = await run(state);
await reset();
const afterReset = await run(state);

// The page as axe-core sees it: light, dark, and narrow.
await ask("Page.setBypassCSP", { enabled: true });
await run(`${readFileSync(axe, "utf8")};undefined`);
const judge = async (scheme, width) => {
  await ask("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
  await ask("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: false });
  const found = await run(`axe.run(document, { resultTypes: ["violations"] }).then(({ violations, passes }) => ({
    passes: passes.length,
    violations: violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 120) + " " + node.failureSummary) })),
  }))`);
  const overflow = await run(`document.documentElement.scrollWidth - innerWidth`);
  if (pictures) {
    const { data } = await ask("Page.captureScreenshot", { format: "png", captureBeyondViewport: width < 600 });
    writeFileSync(join(pictures, `${scheme}-${width}.png`), Buffer.from(data, "base64"));
  }
  return { scheme, width, overflow, ...found };
};
const seen = [await judge("light", 1200), await judge("dark", 1200), await judge("light", 400), await judge("dark", 400)];

console.log(JSON.stringify({ problems, stops, missed, unseen, toggles, all, searched, filtered, foreign, ofComponent, ofClass, afterReset, seen }));
browser.on("exit", () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
await send("Browser.close");
