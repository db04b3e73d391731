// Autosave for a section of the form. Without it the form works the same, by its buttons.
// A field is sent by itself with the revision it was based on; the server answers with its new
// revision, its messages and, where an answer changes what is asked, the questions anew.

import { redraw } from "./form-redraw.js";
import { addRow, removeRow } from "./form-rows.js";

const form = document.querySelector("#section-form");
let csrf = document.querySelector('meta[name="csrf"]').content;

const TYPING_PAUSE = 1200;
const RETRY_PAUSE = 5000;

const dirty = new Set(); // questions with something to send
const held = new Set(); // questions that the server did not take as they are
let inFlight = null;
let timer = 0;
let leaving = false;
let shutOut = false; // the session has ended; perhaps it has been opened again since

const fieldOf = (control) => control.name.split(/[.:]/, 1)[0];
const belongs = (name, field) =>
  name === field || name.startsWith(`${field}:`) || name.startsWith(`${field}.`);
const revisionInput = (field) => form.elements.namedItem(`${field}:revision`);
const isAsked = (control) => control.name && revisionInput(fieldOf(control));
const unsaved = () => dirty.size > 0 || held.size > 0 || inFlight !== null;

function say(words, bad = false) {
  for (const status of document.querySelectorAll("[data-save-status]")) {
    status.textContent = words;
    status.classList.toggle("bad", bad);
  }
}

// A word beside the field itself, for those who do not see the status; it is not read out twice.
function mark(field, words, kind = "") {
  const control = revisionInput(field)?.closest("[data-field]");
  if (!control) return;
  const state = control.querySelector(":scope > .field-state") ?? document.createElement("p");
  state.className = `field-state ${kind}`;
  state.setAttribute("aria-hidden", "true");
  state.textContent = words;
  control.append(state);
}

function touch(field, pause) {
  dirty.add(field);
  held.delete(field);
  say("Not saved yet …");
  mark(field, "Not saved yet", "waiting");
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

function payload(fields) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (fields.some((field) => belongs(name, field))) body.append(name, value);
  }
  return body;
}

async function save() {
  clearTimeout(timer);
  if (inFlight) return inFlight.then(() => (dirty.size ? save() : undefined));
  if (!dirty.size) return undefined;
  const fields = [...dirty];
  dirty.clear();
  say("Saving …");
  inFlight = send(fields);
  try {
    await inFlight;
  } finally {
    inFlight = null;
  }
  if (dirty.size && timer === 0) timer = setTimeout(save, TYPING_PAUSE);
  return undefined;
}

function keepTrying(fields, words) {
  fields.forEach((field) => dirty.add(field));
  say(words, true);
  clearTimeout(timer);
  timer = setTimeout(save, RETRY_PAUSE);
}

// After a new start in another tab, this page needs the proof that belongs to the new cookies.
async function renewProof() {
  const page = await fetch("/form", { headers: { Accept: "text/html" } });
  if (!page.ok) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  csrf = fresh.querySelector('meta[name="csrf"]').content;
  form.elements.namedItem("csrf").value = csrf;
}

async function send(fields) {
  timer = 0;
  let response;
  try {
    if (shutOut) await renewProof();
    response = await fetch(form.action, {
      method: "POST",
      headers: { "X-CSRF-Token": csrf, Accept: "application/json" },
      body: payload(fields),
    });
  } catch {
    keepTrying(fields, "Not saved: no connection. What you typed stays here; trying again …");
    return;
  }
  const answer = await response.json().catch(() => null);
  shutOut = response.status === 401 || response.status === 403;
  if (answer?.fields) {
    take(answer);
  } else if (response.status >= 500 || !answer) {
    keepTrying(fields, "Not saved: the service does not answer. Trying again …");
  } else if (shutOut) {
    fields.forEach((field) => dirty.add(field));
    say(
      "Not saved: your session has ended. What you typed stays here. Open your personal link in " +
        "another tab, then come back to this one: it is saved then.",
      true,
    );
  } else {
    fields.forEach((field) => held.add(field));
    say(`Not saved. ${answer.detail ?? answer.title ?? ""} ${answer.mend ?? ""}`, true);
  }
}

function take(answer) {
  for (const [field, result] of Object.entries(answer.fields)) {
    if (result.state === "saved") {
      const input = revisionInput(field);
      if (input) input.value = result.revision;
      input?.closest("[data-field]")?.querySelector("[data-suggestion]")?.remove();
      held.delete(field);
      if (!dirty.has(field)) mark(field, "✓ Saved");
    } else if (!dirty.has(field)) {
      held.add(field);
      mark(field, "✕ Not saved", "bad");
    }
    showMessages(field, result);
  }
  if (answer.html) {
    const stays = (field) => dirty.has(field) || held.has(field);
    for (const gone of redraw(answer.html, new Set(answer.replace), stays)) {
      dirty.delete(gone);
      held.delete(gone);
    }
    started(form);
  }
  for (const [field, messages] of Object.entries(answer.also)) showMessages(field, { messages });
  for (const section of answer.sections) showProgress(section);
  if (held.size) say("Not everything is saved: see the messages beside the questions.", true);
  else if (!dirty.size) say(answer.status);
}

function showMessages(field, result) {
  const place = document.getElementById(`m-${field}`);
  if (!place) return;
  place.innerHTML = result.messages;
  const wrong = place.childElementCount > 0;
  const described = form.querySelectorAll(`[aria-describedby~="m-${field}"]`);
  described.forEach((control) =>
    wrong ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid"),
  );
}

function showProgress(section) {
  const place = document.querySelector(`[data-progress="${section.name}"]`);
  if (place) place.textContent = (section.complete ? "✓ " : "") + section.words;
}

// An option such as «none of these» excludes the others; an answer excludes a reason for none.
function settle(control) {
  const field = fieldOf(control);
  if (control.type === "checkbox" && control.checked) {
    for (const other of form.querySelectorAll(`input[type="checkbox"][name="${field}"]`)) {
      if (other === control) continue;
      if ("exclusive" in control.dataset || "exclusive" in other.dataset) other.checked = false;
    }
  }
  if (control.name === field || control.name.startsWith(`${field}.`)) {
    const none = form.querySelector(`[name="${field}:missing"][data-no-missing]`);
    if (none) none.checked = true;
    const list = form.querySelector(`select[name="${field}:missing"]`);
    if (list) list.value = "";
  }
}

function count(text) {
  const place = form.querySelector(`[data-count="${fieldOf(text)}"]`);
  if (!place) return;
  const most = Number(text.dataset.limit);
  const left = most - text.value.length;
  place.textContent =
    left >= 0
      ? `${text.value.length.toLocaleString("en")} of ${most.toLocaleString("en")} characters`
      : `${(-left).toLocaleString("en")} characters too many`;
}

function started(root) {
  root.querySelectorAll("textarea[data-limit]").forEach(count);
}

form.addEventListener("input", (event) => {
  if (!isAsked(event.target)) return;
  settle(event.target);
  if (event.target.dataset.limit) count(event.target);
  touch(fieldOf(event.target), TYPING_PAUSE);
});
form.addEventListener("change", (event) => {
  if (isAsked(event.target)) touch(fieldOf(event.target), 0);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name]");
  if (button?.name === "add_row") addRow(form, button.value);
  else if (button?.name === "remove_row") touch(removeRow(form, button), 0);
  else return;
  event.preventDefault();
});
form.addEventListener("submit", (event) => {
  // A save that is under way changes revisions: wait for it, or the form would contradict it.
  if (inFlight) {
    event.preventDefault();
    inFlight.finally(() => setTimeout(() => form.requestSubmit(event.submitter)));
    return;
  }
  leaving = true;
  clearTimeout(timer);
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && unsaved()) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  leaving = false;
});
window.addEventListener("online", save);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") save();
});

// What was typed or ticked before this script came is an answer like any other. After «Back» or a
// reload, though, a browser may have put old words over what a colleague has saved since: those wait
// for a person to press «Save».
function isChanged(control) {
  if (control.type === "hidden") return false;
  if (control.type === "checkbox" || control.type === "radio") {
    return control.checked !== control.defaultChecked;
  }
  if (control.tagName !== "SELECT") return control.value !== control.defaultValue;
  const options = [...control.options];
  const first = !control.multiple && !options.some((option) => option.defaultSelected);
  return options.some((option, place) =>
    first ? option.selected !== (place === 0) : option.selected !== option.defaultSelected,
  );
}

if (performance.getEntriesByType("navigation")[0]?.type === "navigate") {
  for (const control of form.elements) {
    if (isAsked(control) && isChanged(control)) touch(fieldOf(control), 0);
  }
}

started(form);
document.querySelector("#faults, #to-correct")?.focus();
