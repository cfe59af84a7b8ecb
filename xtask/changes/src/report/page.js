"use strict";
const inputs = ["wire", "rust", "operation", "text"].map((id) => document.getElementById(id));
const changes = [...document.querySelectorAll("details.change")];
const texts = changes.map((change) => change.textContent.toLowerCase());

function matches(change, text) {
  const [wire, rust, operation, words] = inputs.map((input) => input.value.trim());
  const operations = change.dataset.operations;
  return (
    (!wire || change.dataset.wire === wire) &&
    (!rust || change.dataset.rust === rust) &&
    (!operation || !operations || operations.split("\n").some((it) => it.includes(operation))) &&
    (!words || text.includes(words.toLowerCase()))
  );
}

function filter() {
  let shown = 0;
  changes.forEach((change, at) => {
    change.hidden = !matches(change, texts[at]);
    shown += change.hidden ? 0 : 1;
  });
  for (const section of document.querySelectorAll("section")) {
    const own = [...section.querySelectorAll("details.change")];
    section.hidden = own.length > 0 && own.every((change) => change.hidden);
  }
  document.getElementById("count").textContent = `${shown} of ${changes.length} changes`;
  document.getElementById("empty").hidden = shown > 0;
}

const form = document.getElementById("filter");
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
for (const button of document.querySelectorAll("button.operation")) {
  button.addEventListener("click", () => {
    document.getElementById("operation").value = button.dataset.operation;
    filter();
  });
}
// A link to a change opens it.
function open() {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}
addEventListener("hashchange", open);
open();
filter();
