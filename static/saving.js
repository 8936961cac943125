"use strict";

// What is typed and not saved yet is told, sent again, and kept in this browser until the server confirms it.
//
// A form with data-keeps may hold such text; one that saves itself has a line that says how it stands. What is kept is
// encrypted with a key that the server gives to who is signed in, for one idea, and that is stored nowhere.
(() => {
  const { member, idea, key: keyText } = document.body.dataset;
  const words = document.body.dataset;
  const RETRIES = [2, 4, 8, 15, 30]; // seconds
  const AWAY = [502, 503, 504]; // what is said for a server that is away
  const KEPT_FOR = 30 * 24 * 60 * 60 * 1000; // milliseconds
  const CHOICES = ["mine", "theirs", "merged"];
  const NO_TEXT = ["hidden", "file", "password", "submit", "button", "fieldset"];
  const states = new WeakMap();

  // ---------- what stands in a form

  const formOf = (element) => element.closest?.("form[data-keeps]");
  const isOfMerging = (element) => Boolean(element.closest?.(".merge"));
  const savesItself = (form) => form.classList.contains("answering");

  const typedIn = (form) => [...form.elements].filter((field) => field.name && !NO_TEXT.includes(field.type));
  const fieldsOf = (form) => typedIn(form).filter((field) => !isOfMerging(field));
  const mergingFieldsOf = (form) => typedIn(form).filter(isOfMerging);

  // The names and values of the fields: as they stand, or as the server sent them.
  const valuesOf = (form, asSent = false) => valuesIn(fieldsOf(form), asSent);

  function valuesIn(fields, asSent = false) {
    return fields.flatMap((field) => {
      if (field.type === "radio" || field.type === "checkbox") {
        return (asSent ? field.defaultChecked : field.checked) ? [[field.name, field.value]] : [];
      }
      if (field.type === "select-one") {
        const options = [...field.options];
        const chosen = asSent ? options.find((option) => option.defaultSelected) || options[0] : options[field.selectedIndex];
        return chosen ? [[field.name, chosen.value]] : [];
      }
      return [[field.name, asSent ? field.defaultValue : field.value]];
    });
  }

  function textIn(fields) {
    return fields
      .filter((field) => field.matches("textarea, input:not([type=radio], [type=checkbox])"))
      .map((field) => field.value)
      .filter(Boolean)
      .join("\n");
  }

  function fill(fields, values) {
    for (const field of fields) {
      const told = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = told.includes(field.value);
      else if (told.length) field.value = told[0];
    }
  }

  let number = 0;

  // `confirmed` is what the server has, `sending` what is on its way, `refused` what it did not take, `tried` all that
  // was sent and never answered. What the server sends back as refused is not what it has. `merged` is what somebody made
  // of two texts and did not save yet, `pressed` the button with which they sent what did not arrive.
  function stateOf(form) {
    if (!states.has(form)) {
      const confirmed = form.matches("[data-refused]") ? null : JSON.stringify(valuesOf(form, true));
      states.set(form, { confirmed, sending: null, refused: null, said: "", tried: [], merged: null, pressed: null, failures: 0, timer: 0, leaves: false, work: Promise.resolve(), number: (number += 1) });
    }
    return states.get(form);
  }

  const isUnsaved = (form) => JSON.stringify(valuesOf(form)) !== stateOf(form).confirmed;
  const unsavedForms = () => [...document.querySelectorAll("form[data-keeps]")].filter(isUnsaved);

  // ---------- what is said

  function says(form, text, isTrouble = false) {
    let line = form.querySelector(".stands");
    if (!line) {
      line = document.createElement("p");
      line.className = "stands small";
      form.append(line);
    }
    tell(line, text);
    line.classList.toggle("trouble", isTrouble);
  }

  // A screen reader hears of trouble at once, and of what is saved when somebody leaves the field.
  function announce(text) {
    document.getElementById("announce").textContent = text;
  }

  // What was saved while somebody was in the field is told as they leave it, and else once it is saved.
  function tellsOnceSaved(form) {
    const isSaved = savesItself(form) && !isUnsaved(form);
    stateOf(form).leaves = !isSaved;
    if (isSaved) announce(words.saved);
  }

  function looksAt(form) {
    const unsaved = isUnsaved(form) || Boolean(stateOf(form).merged);
    form.toggleAttribute("data-unsaved", unsaved);
    if (!unsaved) {
      drop(form);
    } else {
      const { failures, refused } = stateOf(form);
      if (savesItself(form) && !failures && JSON.stringify(valuesOf(form)) !== refused) says(form, words.busy);
      keep(form);
    }
  }

  // ---------- kept in this browser

  const canKeep = Boolean(keyText && globalThis.crypto?.subtle && navigator.locks && globalThis.indexedDB);
  const tab = canKeep ? crypto.randomUUID() : "";
  const cryptoKey = canKeep && crypto.subtle.importKey("raw", bytes(keyText), "AES-GCM", false, ["encrypt", "decrypt"]);
  // A page that lives holds its lock: what it keeps is its own, and no other page takes it over.
  if (canKeep) navigator.locks.request(tab, () => new Promise(() => {}));

  function bytes(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }

  const mine = `${member}/${idea}/`;
  const nameOf = (form) => `${mine}${tab}/${stateOf(form).number}`;

  const toldBy = (form) => ({
    name: nameOf(form),
    action: form.getAttribute("action"),
    at: Date.now(),
    values: valuesOf(form),
    merged: stateOf(form).merged,
    text: [textIn(fieldsOf(form)), stateOf(form).merged?.text].filter(Boolean).join("\n"),
    version: form.elements.version?.value,
    token: form.elements.token?.value,
    tried: stateOf(form).tried,
  });

  // One thing after the other for each form; what goes wrong with one does not keep the next from being done.
  function inTurn(form, work) {
    const state = stateOf(form);
    state.work = state.work.then(work).catch(() => {});
  }

  function keep(form) {
    const state = stateOf(form);
    if (!canKeep || state.waits) return;
    state.waits = true;
    inTurn(form, async () => {
      state.waits = false;
      const told = toldBy(form);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder().encode(JSON.stringify(told));
      const additionalData = new TextEncoder().encode(mine);
      const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await cryptoKey, text);
      await idbKeyval.set(told.name, { iv, data, at: told.at, token: told.token });
    });
  }

  function drop(form) {
    if (canKeep) inTurn(form, () => idbKeyval.del(nameOf(form)));
  }

  async function read({ iv, data }) {
    const additionalData = new TextEncoder().encode(mine);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, await cryptoKey, data);
    return JSON.parse(new TextDecoder().decode(text));
  }

  // What pages that are gone kept of this idea, for this person, the newest first. What was saved by the form that led
  // here, what is too old, and what nobody can read any more goes.
  async function leftBehind() {
    const { held } = await navigator.locks.query();
    const living = new Set(held.map((lock) => lock.name));
    const saved = document.cookie.match(/(?:^|; )saved=([\w-]+)/)?.[1];
    const found = [];
    for (const [name, kept] of await idbKeyval.entries()) {
      if (living.has(name.split("/")[2])) continue;
      const isOver = kept.at < Date.now() - KEPT_FOR || (saved && kept.token === saved && name.startsWith(`${member}/`));
      const told = !isOver && name.startsWith(mine) && (await read(kept).catch(() => null));
      if (told) found.push({ ...told, isLeft: true });
      else if (isOver || name.startsWith(mine)) await idbKeyval.del(name);
    }
    return found.sort((one, other) => other.at - one.at);
  }

  function giveBack(form, told) {
    fill(fieldsOf(form), told.values);
    for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const name of ["version", "token"]) {
      if (form.elements[name] && told[name]) form.elements[name].value = told[name];
    }
    stateOf(form).tried = told.tried;
    putTogether(form, told.merged);
    looksAt(form);
    if (isUnsaved(form)) {
      const at = new Date(told.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      says(form, `${words.back} ${at}`);
      announce(`${words.back} ${at}`);
      if (savesItself(form)) htmx.trigger(form, "again");
    }
  }

  // What somebody made of two texts stands where they made it, as soon as the two are shown there.
  function putTogether(form, merged) {
    stateOf(form).merged = merged || null;
    const fold = form.querySelector(".merge");
    if (!merged || !fold) return;
    fill(mergingFieldsOf(form), merged.values);
    fold.open = true;
    waits(form);
  }

  // Whoever puts two texts together does so there: the field itself waits.
  function waits(form) {
    for (const field of fieldsOf(form)) field.readOnly = true;
  }

  // Where the two are one after all, what somebody made of them is offered at the top.
  function setAside(form) {
    const state = stateOf(form);
    waiting.unshift({ ...toldBy(form), text: state.merged.text, isLeft: true });
    Object.assign(state, { merged: null, number: (number += 1) });
    offerTheRest();
  }

  // What waits for a form to be given back to, or for somebody who throws it away.
  let waiting = [];

  function throwAway(those) {
    for (const told of those) idbKeyval.del(told.name);
    waiting = waiting.filter((one) => !those.includes(one));
    offerTheRest();
  }

  function hasPlaceFor(form, told) {
    const names = new Set(fieldsOf(form).map((field) => field.name));
    return told.action === form.getAttribute("action") && told.values.every(([name, value]) => !value || names.has(name));
  }

  function giveBackTo(part) {
    const forms = [...part.querySelectorAll("form[data-keeps]"), ...(part.matches?.("form[data-keeps]") ? [part] : [])];
    for (const form of forms) {
      if (form.matches("[data-refused]")) looksAt(form);
      const fitting = waiting.filter((one) => hasPlaceFor(form, one));
      const isThere = (one) => JSON.stringify(one.values) === JSON.stringify(valuesOf(form));
      const there = fitting.filter(isThere);
      const isMergingHere = form.querySelector(".merge") && !stateOf(form).merged;
      const merging = isMergingHere && there.find((one) => one.merged);
      throwAway(there.filter((one) => !one.merged));
      const told = merging || (!isUnsaved(form) && fitting.find((one) => !there.includes(one)));
      if (!told) continue;
      giveBack(form, told);
      inTurn(form, () => idbKeyval.del(told.name));
      waiting = waiting.filter((one) => one !== told);
    }
    offerTheRest();
  }

  // What this page itself let go is given back when its form opens again; nothing moves for it meanwhile.
  function offerTheRest() {
    const place = document.getElementById("kept");
    const left = waiting.filter((told) => told.isLeft);
    place.hidden = left.length === 0;
    place.querySelector("ul").replaceChildren(
      ...left.map((told) => {
        const line = place.querySelector("template").content.cloneNode(true);
        line.querySelector("a").href = told.action;
        line.querySelector("a").hidden = told.action === location.pathname + location.search;
        line.querySelector("blockquote").textContent = told.text;
        line.querySelector("button").addEventListener("click", () => throwAway([told]));
        return line;
      }),
    );
  }

  if (canKeep) {
    leftBehind().then((found) => {
      waiting = found;
      giveBackTo(document);
      if (waiting.length) announce(document.getElementById("kept-title").textContent);
    });
    document.addEventListener("htmx:load", (event) => giveBackTo(event.detail.elt));
  }

  // A form that makes place for something else while it holds what is not saved: that waits to be given back.
  let leaving = [];

  function letGo(sent) {
    const gone = leaving.filter((form) => !form.isConnected);
    leaving = leaving.filter((form) => form.isConnected);
    for (const form of gone) {
      const state = stateOf(form);
      const isDone = form === sent ? state.sending === JSON.stringify(valuesOf(form)) : !isUnsaved(form);
      if (isDone || state.isDropped) drop(form);
      else waiting.unshift(toldBy(form));
    }
    if (gone.length) giveBackTo(document);
  }

  // Whoever signs out leaves nothing behind.
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-signs-out]") || !globalThis.indexedDB) return;
    event.preventDefault();
    const names = (await idbKeyval.keys().catch(() => [])).filter((name) => name.startsWith(`${member}/`));
    if ((names.length || unsavedForms().length) && !confirm(words.leaves)) return;
    await idbKeyval.delMany(names).catch(() => {});
    event.target.submit();
  });

  // ---------- sending, and sending again

  // All that a form says, with the files in it.
  function saidBy(form) {
    const files = [...form.elements].filter((field) => field.type === "file").map((field) => field.value);
    return JSON.stringify([valuesOf(form), stateOf(form).merged, files]);
  }

  // What was sent with a button goes again as it was sent; what was typed since waits for whoever types it.
  function again(form) {
    const { timer, pressed, said } = stateOf(form);
    clearTimeout(timer);
    if (!form.isConnected) return;
    if (pressed && said === saidBy(form)) pressed.click();
    else if (savesItself(form) && isUnsaved(form)) htmx.trigger(form, "again");
  }

  function allAgain() {
    for (const form of document.querySelectorAll("form[data-keeps]")) again(form);
  }

  function failed(form, status, button) {
    const state = stateOf(form);
    const text = status === 0 ? words.noConnection : status === 401 ? words.signedOut : words.notSaved;
    const isAway = status === 0 || AWAY.includes(status);
    says(form, text, true);
    if (!state.failures) announce(text);
    state.failures += 1;
    if (button && (isAway || status === 401)) state.pressed = button;
    if (savesItself(form) ? status && status < 500 && status !== 401 : !isAway) return;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => again(form), 1000 * RETRIES[Math.min(state.failures, RETRIES.length) - 1]);
  }

  function confirmed(form, choice) {
    const state = stateOf(form);
    const wasInTrouble = state.failures > 0;
    if (state.merged && !choice) setAside(form);
    state.merged = null;
    if (wasInTrouble && !savesItself(form)) says(form, "");
    Object.assign(state, { confirmed: state.sending, refused: null, tried: [], failures: 0 });
    for (const field of fieldsOf(form)) field.readOnly = false;
    looksAt(form);
    if (isUnsaved(form)) return;
    if (state.leaves || wasInTrouble) announce(words.saved);
    state.leaves = false;
    form.dispatchEvent(new CustomEvent("werktsamen:confirmed", { bubbles: true }));
  }

  // Whether what stands there now is what this page sent itself, and of which it never heard that it was saved.
  function isMyOwn(form) {
    const theirs = [...form.querySelectorAll(".between[data-own] [data-theirs]")];
    const plain = (text) => text.replaceAll("\r\n", "\n").trim();
    return (
      theirs.length > 0 &&
      stateOf(form).tried.some((values) =>
        theirs.every((told) =>
          values.some(([name, value]) => name === told.dataset.theirs && plain(value) === plain(told.dataset.value)),
        ),
      )
    );
  }

  for (const kind of ["input", "change"]) {
    document.addEventListener(
      kind,
      (event) => {
        // What two people wrote is put together by hand: that is saved with its own button.
        if (!isOfMerging(event.target)) return;
        event.stopPropagation();
        const { form } = event.target;
        const fields = mergingFieldsOf(form);
        const values = valuesIn(fields);
        const isTouched = JSON.stringify(values) !== JSON.stringify(valuesIn(fields, true));
        stateOf(form).merged = isTouched ? { values, text: textIn(fields) } : null;
        waits(form);
        looksAt(form);
      },
      true,
    );
    document.addEventListener(kind, (event) => {
      const form = formOf(event.target);
      if (!form || isOfMerging(event.target)) return;
      if (kind === "change") tellsOnceSaved(form);
      looksAt(form);
    });
  }

  // htmx sends the button that was pressed last along with all that a form sends by itself afterwards: a choice between
  // two texts would then be made once more, about what was typed since.
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt: form, triggeringEvent: trigger, formData } = event.detail;
    if (!form.matches("form.answering") || trigger?.type === "submit") return;
    for (const choice of CHOICES) formData.delete(choice);
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt: form, triggeringEvent: trigger } = event.detail.requestConfig;
    if (!form.matches("form[data-keeps]")) return;
    const state = stateOf(form);
    const values = JSON.stringify(valuesOf(form));
    // Who typed on since two texts were shown sees them anew, before one takes the place of the other.
    if (["theirs", "merged"].includes(trigger?.submitter?.name) && savesItself(form) && values !== state.refused) {
      event.preventDefault();
      setTimeout(() => again(form));
      return;
    }
    if (savesItself(form) && trigger?.type !== "submit" && [state.confirmed, state.refused].includes(values)) {
      event.preventDefault();
      return;
    }
    Object.assign(state, { sending: values, said: saidBy(form), pressed: null });
    if (savesItself(form)) {
      state.tried.push(valuesOf(form));
      keep(form);
    }
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (!form?.matches?.("form[data-keeps]") || event.detail.requestConfig.verb !== "post") return;
    const { status } = event.detail.xhr;
    const { submitter, type } = event.detail.requestConfig.triggeringEvent || {};
    const mineAllTheSame = form.querySelector("button[name=mine]");
    const state = stateOf(form);
    if (status >= 200 && status < 300) confirmed(form, CHOICES.includes(submitter?.name));
    else if (status === 409 && mineAllTheSame && isMyOwn(form)) setTimeout(() => mineAllTheSame.click());
    else if (status === 409 || status === 422) Object.assign(state, { refused: state.sending, tried: [] });
    else failed(form, status, submitter);
    if (status === 204) makesPlace(form);
    if (status === 409 && type === "submit") return;
    const stands = document.getElementById(form.id);
    const [field] = stands?.matches("form") ? fieldsOf(stands) : [];
    if (!field || document.activeElement !== document.body) return;
    field.focus();
    if (field.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
  });

  // It was saved already, and only the answer got lost: the form makes place for what stands there.
  function makesPlace(form) {
    const [, list] = form.getAttribute("action").match(/\/list\/(\w+)\//) || [];
    const leave = form.querySelector("[data-drops]");
    if (leave) leave.click();
    else htmx.ajax("GET", form.action, { target: form, swap: "outerHTML", select: `#${CSS.escape(form.id)}` }).catch(() => {});
    const listens = document.querySelector(`[data-refreshes="changed-${list}"]`);
    if (listens) htmx.trigger(listens, "refresh");
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target } = event.detail;
    leaving.push(...target.querySelectorAll("form[data-keeps]"), ...(target.matches("form[data-keeps]") ? [target] : []));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, verb, path } = event.detail.requestConfig || {};
    letGo(elt);
    const isGone = verb === "post" && event.detail.successful && path.endsWith("/remove/");
    if (isGone) throwAway(waiting.filter((told) => told.action === path.replace(/remove\/$/, "")));
  });

  // A refusal is shown anew with each save, but not over what somebody is putting together; and whoever pressed while
  // somebody else saved once more sees that, beside what they put together. The same conflict is told once.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { elt: form, triggeringEvent } = detail.requestConfig;
    if (!form.matches("form[data-keeps]") || ![409, 422].includes(detail.xhr.status)) return;
    const { merged } = stateOf(form);
    const isPressed = triggeringEvent?.type === "submit";
    if (!isPressed && merged && form.querySelector(".merge")) detail.shouldSwap = false;
    const seen = form.querySelector(".between [name=mine]")?.value;
    if (!isPressed && seen && detail.serverResponse.includes(`name="mine" value="${seen}"`)) {
      detail.serverResponse = detail.serverResponse.replace(' role="alert"', "");
    }
    if (!merged || !detail.shouldSwap) return;
    setTimeout(() => {
      const stands = form.isConnected ? form : detail.target.querySelector("form[data-keeps]");
      if (!stands) return;
      putTogether(stands, merged);
      looksAt(stands);
    });
  });

  // What was typed or chosen before this script was there is no less unsaved. On a page that was opened before, the
  // browser itself may have filled in what stood there then.
  document.addEventListener("DOMContentLoaded", () => {
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
    for (const form of unsavedForms().filter((one) => !one.matches("[data-refused]"))) {
      looksAt(form);
      again(form);
    }
  });

  window.addEventListener("online", allAgain);
  document.addEventListener("werktsamen:signed-in", () => {
    for (const line of document.querySelectorAll(".stands:has([data-signs-in])")) says(line.closest("form"), "");
    allAgain();
  });
  document.addEventListener("visibilitychange", () => document.hidden && allAgain());
  document.addEventListener("click", (event) => {
    const leaves = event.target.closest("[data-drops]");
    if (!leaves || !formOf(leaves)) return;
    stateOf(formOf(leaves)).isDropped = true;
    if (leaves.matches("[data-closes]")) drop(formOf(leaves));
  });
})();
