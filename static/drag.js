"use strict";

// Cards that are dragged to a target, with mouse, finger or keyboard: an easier way to fill in a plain form.
//
// <div data-drag data-says-up="…{card}…" data-says-over="…{card}…{target}…" data-says-down data-says-back> holds
//   <article data-card data-name="…"> with a <button type="button" class="handle" data-handle hidden> and a
//     <form data-drag-form> with one <select> and its button; and
//   <… data-drop="VALUE" data-name="…">
//
// What is dropped on a target chooses its value in the select of the card, and sends the form. A card goes only where its
// select offers the value; targets with the same value are one. On the handle, Enter or the space bar takes a card up and
// puts it down, arrow keys choose a target, and Escape puts it back.
(() => {
  const SLACK = 6; // pixels that a press may move before it drags
  const EDGE = 72; // pixels from the edge of the window within which it scrolls
  const SPEED = 12; // pixels in one frame
  const PRESSED = "a, button, input, select, textarea, label, summary, details";
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  let press = null; // a pointer that is down on a card, and does not drag yet
  let held = null; // the card that is up: { card, region, form, select, values, value, ghost }
  let sent = null; // the card that was dropped last, until the page has answered

  function showHandles() {
    for (const handle of document.querySelectorAll("[data-drag] [data-handle]")) handle.hidden = false;
  }
  const allOf = (region) => [...region.querySelectorAll("[data-drop]")];
  const targetsOf = (region, value) => allOf(region).filter((one) => one.dataset.drop === value);
  const nameOf = (region, value) => targetsOf(region, value)[0]?.dataset.name || "";

  function tell({ region, card }, what, value) {
    const words = (region.dataset[what] || "").replace("{card}", () => card.dataset.name);
    document.getElementById("announce").textContent = words.replace("{target}", () => nameOf(region, value));
  }

  function takeUp(card) {
    const region = card.closest("[data-drag]");
    const form = card.querySelector("[data-drag-form]");
    const select = form?.querySelector("select");
    if (!region || !select || form.matches(".htmx-request")) return;
    const offered = [...select.options].map((option) => option.value);
    const stands = new Set(allOf(region).map((target) => target.dataset.drop));
    const values = [...stands].filter((value) => offered.includes(value));
    held = { card, region, form, select, values, value: null, ghost: null };
    card.classList.add("is-up");
    card.querySelector("[data-handle]")?.setAttribute("aria-pressed", "true");
    for (const value of values) for (const target of targetsOf(region, value)) target.classList.add("is-target");
    document.body.classList.add("is-dragging");
    tell(held, "saysUp");
  }

  function goOver(value) {
    if (value === held.value) return;
    held.value = value;
    for (const target of allOf(held.region)) target.classList.toggle("is-over", target.dataset.drop === value);
    if (value !== null) tell(held, "saysOver", value);
  }

  function letGo() {
    const { card, region, ghost } = held;
    ghost?.remove();
    card.classList.remove("is-up");
    card.querySelector("[data-handle]")?.setAttribute("aria-pressed", "false");
    for (const target of allOf(region)) target.classList.remove("is-target", "is-over");
    document.body.classList.remove("is-dragging");
    held = null;
  }

  function putBack() {
    tell(held, "saysBack");
    letGo();
  }

  function putDown() {
    const { card, region, form, select, value } = held;
    if (value === null || value === select.value || !card.isConnected) return putBack();
    tell(held, "saysDown", value);
    letGo();
    select.value = value;
    sent = { form, region: region.id, name: card.dataset.name, value };
    return form.requestSubmit(form.querySelector("button:not([type=button])"));
  }

  // ---------- mouse and finger

  const scrolls = (at, size) => (at < EDGE ? -SPEED : at > size - EDGE ? SPEED : 0);

  function wideAround(part) {
    const isWide = part.scrollWidth > part.clientWidth && /auto|scroll/.test(getComputedStyle(part).overflowX);
    return isWide || !part.parentElement ? part : wideAround(part.parentElement);
  }

  function aim() {
    const target = document.elementFromPoint(press.x, press.y)?.closest("[data-drop]");
    const isOffered = target && held.region.contains(target) && held.values.includes(target.dataset.drop);
    goOver(isOffered ? target.dataset.drop : null);
  }

  function follow() {
    if (!held?.ghost) return;
    window.scrollBy({ top: scrolls(press.y, window.innerHeight), behavior: "instant" });
    wideAround(held.card).scrollBy({ left: scrolls(press.x, window.innerWidth), behavior: "instant" });
    held.ghost.style.translate = `${press.x}px ${press.y}px`;
    aim();
    requestAnimationFrame(follow);
  }

  function begin() {
    takeUp(press.card);
    if (!held) return;
    getSelection()?.removeAllRanges();
    const ghost = document.createElement("div");
    Object.assign(ghost, { className: "ghost", ariaHidden: "true", textContent: held.card.dataset.name });
    document.body.append(ghost);
    held.ghost = ghost;
    follow();
  }

  document.addEventListener("pointerdown", (event) => {
    const card = event.button === 0 && event.isPrimary && event.target.closest("[data-drag] [data-card]");
    if (!card) return;
    const isOnHandle = event.target.closest("[data-handle]");
    const isPressed = card.contains(event.target.closest(PRESSED));
    // A finger scrolls the page, but for on the handle; a mouse drags the card wherever nothing else can be pressed.
    if (!isOnHandle && (event.pointerType !== "mouse" || isPressed)) return;
    if (held) putBack();
    press = { id: event.pointerId, card, x: event.clientX, y: event.clientY, from: [event.clientX, event.clientY] };
  });

  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== press?.id) return;
    [press.x, press.y] = [event.clientX, event.clientY];
    const far = Math.hypot(press.x - press.from[0], press.y - press.from[1]);
    if (!held && far > SLACK && press.card.isConnected) begin();
  });

  function end(event, how) {
    if (event.pointerId !== press?.id) return;
    if (held?.ghost) {
      aim();
      how();
    }
    press = null;
  }
  document.addEventListener("pointerup", (event) => end(event, putDown));
  document.addEventListener("pointercancel", (event) => end(event, putBack));

  document.addEventListener("dragstart", (event) => press && event.preventDefault());

  // ---------- keyboard

  document.addEventListener("click", (event) => {
    const handle = event.target.closest("[data-drag] [data-handle]");
    if (!handle || event.detail !== 0) return; // a press of the keyboard, or of what reads the screen aloud
    if (held) putDown();
    else takeUp(handle.closest("[data-card]"));
  });

  document.addEventListener("keydown", (event) => {
    if (!held) return;
    if (event.key === "Escape") {
      event.preventDefault();
      putBack();
    } else if (STEPS[event.key] && !held.ghost && held.values.length) {
      event.preventDefault();
      const at = held.values.indexOf(held.value);
      const next = at < 0 && STEPS[event.key] < 0 ? -1 : at + STEPS[event.key];
      goOver(held.values.at(next % held.values.length));
      targetsOf(held.region, held.value)[0].scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });

  document.addEventListener("focusout", (event) => {
    if (held && !held.ghost && held.card.contains(event.target)) putBack();
  });

  // ---------- when the page has answered, the keyboard is on the same card again
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    showHandles();
    if (held && !held.card.isConnected) letGo();
    if (!sent || detail.requestConfig?.elt !== sent.form) return;
    const { region, name, value } = sent;
    sent = null;
    const cards = [...(document.getElementById(region) || document).querySelectorAll("[data-card]")];
    const same = cards.filter((card) => card.dataset.name === name && card.checkVisibility());
    const card = same.find((one) => one.closest("[data-drop]")?.dataset.drop === value) || same[0];
    card?.querySelector("[data-handle]")?.focus();
  });

  // What was refused stands in the form: it is to be seen.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!sent || detail.successful || detail.elt !== sent.form) return;
    sent.form.closest("details")?.setAttribute("open", "");
    sent = null;
  });

  document.addEventListener("htmx:load", showHandles);
  document.addEventListener("htmx:afterSwap", showHandles, true); // before the keyboard is led back to one
  showHandles();
})();
