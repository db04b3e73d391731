// Bring the questions on the page in step with those that came back from the server. What is being
// worked on stays untouched: only what is new is put in, what is gone taken out, and what depends
// on the changed answer replaced.

const keyOf = (element) => element.dataset.item ?? element.dataset.field;
const blocks = (parent) => [...parent.children].filter((child) => keyOf(child) !== undefined);
const holdsBlocks = (element) =>
  element.dataset.item !== undefined || element.classList.contains("inner");

// Gives the names of the questions that are gone. ``stays`` says which are not to be replaced.
export function redraw(html, replace, stays) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#questions");
  const old = document.querySelector("#questions");
  const focus = focused();
  const gone = align(old, fresh, replace, stays);
  document.querySelector("#more")?.remove();
  const more = fresh.querySelector("#more");
  if (more) old.append(document.importNode(more, true));
  if (!document.activeElement || document.activeElement === document.body) focus?.()?.focus();
  return gone;
}

function align(old, fresh, replace, stays) {
  const present = new Map(blocks(old).map((child) => [keyOf(child), child]));
  const gone = [];
  let before = null;
  for (const wanted of blocks(fresh)) {
    const key = keyOf(wanted);
    let block = present.get(key);
    present.delete(key);
    if (!block) {
      block = document.importNode(wanted, true);
      putAfter(before, block, old);
    } else if (holdsBlocks(wanted)) {
      gone.push(...align(block, wanted, replace, stays));
    } else if (replace.has(key) && !stays(key)) {
      const anew = document.importNode(wanted, true);
      block.replaceWith(anew);
      block = anew;
    }
    before = block;
  }
  for (const [key, block] of present) {
    gone.push(key, ...[...block.querySelectorAll("[data-field]")].map(keyOf));
    block.remove();
  }
  return gone;
}

function putAfter(before, block, parent) {
  const first = blocks(parent)[0];
  if (before) before.after(block);
  else if (first) first.before(block);
  else parent.append(block);
}

// How to find again the control that has the focus, should it be replaced by a new one.
function focused() {
  const control = document.activeElement;
  if (!control?.name) return null;
  const name = `[name="${CSS.escape(control.name)}"]`;
  const value = control.type === "radio" || control.type === "checkbox" ? control.value : null;
  const exact = value === null ? name : `${name}[value="${CSS.escape(value)}"]`;
  return () => document.querySelector(exact) ?? document.querySelector(name);
}
