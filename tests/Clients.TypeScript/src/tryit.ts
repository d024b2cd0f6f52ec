// Executes every POST of the documentation as "Try it out" sends it, unchanged: node dist/tryit.js http://127.0.0.1:8080
import assert from "node:assert/strict";

type Parameter = { name: string; in: string; required?: boolean; example?: unknown };
type Operation = { operationId: string; parameters?: Parameter[]; requestBody?: { content: Record<string, { example: unknown }> }; security?: unknown };
type Try = { url: string; method: string; headers: Record<string, string>; body?: string };

const [baseUrl = "http://127.0.0.1:8080"] = process.argv.slice(2);
const read = async (path: string) => (await fetch(baseUrl + path)).text();
const document: { paths: Record<string, Record<string, Operation>> } = JSON.parse(await read("/openapi/v1.json"));

// The script of the page, with as much of a browser as it uses.
let key: string | undefined;
const browser = {
  location: { href: `${baseUrl}/docs/index.html` },
  ui: { preauthorizeApiKey: (_scheme: string, value: string) => (key = value) },
  tryItOut: async (request: Try): Promise<Try> => request,
};
const send: typeof fetch = (input, init) => fetch(new URL(String(input), baseUrl), init);
const html = await read("/docs/index.html");
assert.match(html, /src=["'][^"']*\/docs\/try\.js/, "The page has the script.");
new Function("window", "fetch", await read("/docs/try.js"))(browser, send);
while (key === undefined) {
  await new Promise((resolve) => setTimeout(resolve, 50));
}

let executed = 0;
for (const [path, operations] of Object.entries(document.paths)) {
  const operation = operations["post"];
  if (operation === undefined) {
    continue;
  }
  let url = path;
  const headers: Record<string, string> = operation.security === undefined ? {} : { Authorization: `Bearer ${key}` };
  for (const parameter of (operation.parameters ?? []).filter((parameter) => parameter.example !== undefined)) {
    if (parameter.in === "path") {
      url = url.replace(`{${parameter.name}}`, encodeURIComponent(String(parameter.example)));
    } else if (parameter.in === "header") {
      headers[parameter.name] = String(parameter.example);
    }
  }
  const example = operation.requestBody?.content["application/json"]?.example;
  if (example !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const request = await browser.tryItOut({ url: baseUrl + url, method: "POST", headers, ...(example !== undefined && { body: JSON.stringify(example) }) });
  const response = await fetch(request.url, request);
  assert(response.ok, `${operation.operationId}: ${response.status} ${await response.text()}`);
  executed++;
}

console.log(`${executed} operations executed.`);
process.exit(0);
