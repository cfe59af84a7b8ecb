// Opens the page of a change report, filters it and finds an entry.
// Usage: node page.mjs CHROMIUM PAGE
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, file] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) problems.push(`requests ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);

  const changes = page.locator("details.change:visible");
  const count = page.locator("#count");
  const total = await changes.count();
  assert.ok(total > 3, `only ${total} changes`);
  assert.equal(await count.textContent(), `${total} of ${total} changes`);
  assert.match(await page.locator(".verdict").innerText(), /Wire\s+major/);

  // By effect on the wire.
  await page.selectOption("#wire", "breaking");
  const breaking = await changes.count();
  assert.ok(breaking > 0 && breaking < total, `${breaking} of ${total} break`);
  assert.equal(await count.textContent(), `${breaking} of ${total} changes`);
  for (const effect of await changes.evaluateAll((all) => all.map((it) => it.dataset.wire))) {
    assert.equal(effect, "breaking");
  }
  assert.equal(await page.locator("section:visible h2").count(), 1);

  // By text: the entry, with its signature before and after.
  await page.fill("#text", "removed field name");
  assert.equal(await changes.count(), 1);
  await changes.locator("summary").click();
  assert.match(await changes.innerText(), /removed field name/);
  assert.match(await changes.locator("del").first().innerText(), /String/);

  // By operation, from the summary.
  await page.click("button[type=reset]");
  await page.waitForFunction((all) => document.querySelector("#count").textContent.startsWith(`${all} of`), total);
  await page.click("details.operations summary");
  await page.click("button.operation >> text=GET /pets/{id}");
  const ofOperation = await changes.count();
  assert.ok(ofOperation > 0 && ofOperation < total, `${ofOperation} of ${total} concern the operation`);

  // Nothing matches.
  await page.fill("#text", "there is no such text");
  assert.equal(await changes.count(), 0);
  assert.ok(await page.isVisible("#empty"));

  assert.deepEqual(problems, []);
  console.log(`page: ${total} changes, ${breaking} break on the wire, ${ofOperation} in GET /pets/{id}`);
} finally {
  await browser.close();
}
