// Finding and doing things by keys: the palette, the shortcuts, and the list of them. What they know stands in the page, which the server wrote: the shortcuts, the
// pages that the reader is offered, and the buttons of the page themselves. Only scenarios are asked for.

interface Named {
  name: string;
  href: string;
}

interface Shortcut {
  command: string;
  keys: string;
  name: string;
}

interface Content {
  texts: Record<"open" | "placeholder" | "nothing" | "oneFound" | "found" | "actions" | "scenarios" | "pages" | "examples" | "help" | "close" | "singleKeys" | "singleKeysWhy" | "then", string>;
  pages: Named[];
  examples: Named[];
  shortcuts: Shortcut[];
}

interface Finder {
  invokeMethodAsync(method: "Find", text: string): Promise<[name: string, href: string][]>;
}

type Group = "actions" | "scenarios" | "pages" | "examples";

interface Entry {
  group: Group;
  name: string;
  keys?: string;
  href?: string;
  run?: () => void;
}

const groups: Group[] = ["actions", "scenarios", "pages", "examples"];
const mostOfGroup = 8;
const askAfter = 150;
const saveWithin = 2000;
const togetherWithin = 1200;
const offKey = "planner-single-keys-off";
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const keyNames: Record<string, string> = isMac ? { mod: "⌘", shift: "⇧" } : { mod: "Ctrl", shift: "Shift" };

let finder: Finder | null = null;

/** Who answers for scenarios from now on. */
export function offerScenarios(from: Finder): void {
  finder = from;
}

/** Nothing where the page has no palette, as a shared one. */
function content(): Content | null {
  const text = document.querySelector<HTMLElement>("[data-palette-content]")?.dataset["paletteContent"];
  return text ? (JSON.parse(text) as Content) : null;
}

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function element<K extends keyof HTMLElementTagNameMap>(parent: Node, name: K, attributes: Record<string, string> = {}, text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  parent.appendChild(made);
  return made;
}

function writeKeys(parent: Node, keys: string, then: string): void {
  keys.split(" ").forEach((chord, i) => {
    if (i > 0) parent.appendChild(document.createTextNode(` ${then} `));
    chord.split("+").forEach((key) => element(parent, "kbd", {}, keyNames[key] ?? (key.length === 1 && chord.includes("mod") ? key.toUpperCase() : key)));
  });
}

function dialogOf(id: string, label: string, close: () => void): HTMLDialogElement {
  const dialog = element(document.body, "dialog", { id, class: "palette", "aria-label": label });
  dialog.addEventListener("close", close);
  // A click beside it, which is on the dialog itself and on nothing in it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return dialog;
}

/** The page's own buttons, links and tabs, as far as they can be used now. */
function actionsOf(shortcuts: Shortcut[]): Entry[] {
  const found = [...document.querySelectorAll<HTMLElement>(".page-head :is(button, a[href]), nav.tabs a"), ...document.querySelectorAll<HTMLElement>("[data-theme-toggle]")];
  return found.flatMap((one): Entry[] => {
    const menu = one.closest("details.menu");
    // What is folded away in a menu counts, unlike what lies in a dialog or is not shown.
    if (one.closest("dialog, [hidden], .history") || one.matches(":disabled, [aria-current]") || !(menu ?? one).checkVisibility()) return [];
    const own = (one.ariaLabel ?? one.textContent ?? "").trim();
    const of = menu?.querySelector("summary")?.textContent?.trim();
    const keys = shortcuts.find((shortcut) => shortcut.command === one.dataset["command"])?.keys;
    return own === "" ? [] : [{ group: "actions", name: of ? `${of}: ${own}` : own, ...(keys ? { keys } : {}), run: () => one.click() }];
  }).sort((one, other) => Number(other.keys !== undefined) - Number(one.keys !== undefined));
}

/** How well a name answers: 0 where it begins with the question, 1 where a word does, 2 elsewhere; null where it does not. */
function rank(name: string, words: string[]): number | null {
  const text = plain(name);
  if (!words.every((word) => text.includes(word))) return null;
  const first = words[0];
  if (first === undefined || text.startsWith(first)) return 0;
  return text.includes(` ${first}`) ? 1 : 2;
}

function openPalette(): void {
  const all = content();
  if (!all || document.querySelector("dialog:modal")) return;
  const { texts } = all;
  const fixed: Entry[] = [
    ...actionsOf(all.shortcuts),
    ...all.pages.map((page): Entry => {
      const keys = all.shortcuts.find((shortcut) => shortcut.command === page.href)?.keys;
      return { group: "pages", ...page, ...(keys ? { keys } : {}) };
    }),
    { group: "pages", name: texts.help, keys: "?", run: openHelp },
    ...all.examples.map((example): Entry => ({ group: "examples", ...example })),
  ];
  let scenarios: Entry[] = [];
  let options: HTMLElement[] = [];
  let active = 0;
  let waiting = 0;
  let asked = 0;

  const dialog = dialogOf("palette", texts.open, () => {
    clearTimeout(waiting);
    dialog.remove();
  });
  const input = element(dialog, "input", {
    type: "text", class: "control", role: "combobox", "aria-label": texts.open, placeholder: texts.placeholder, "aria-expanded": "true", "aria-controls": "palette-list",
    "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", maxlength: "200",
  });
  const list = element(dialog, "div", { id: "palette-list", role: "listbox", "aria-label": texts.open });
  const told = element(dialog, "p", { role: "status" });

  const choose = (index: number): void => {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const show = (): void => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const before = options[active]?.dataset["name"];
    const ranked = groups.map((group) => {
      const entries = [...fixed, ...scenarios].filter((entry) => entry.group === group).flatMap((entry) => {
        const found = rank(entry.name, words);
        return found === null ? [] : [{ entry, found }];
      }).sort((one, other) => one.found - other.found);
      return { group, best: entries[0]?.found ?? 9, entries: entries.slice(0, words.length === 0 && (group === "scenarios" || group === "examples") ? mostOfGroup : 3 * mostOfGroup) };
    }).filter((found) => found.entries.length > 0);
    if (words.length > 0) ranked.sort((one, other) => one.best - other.best);

    list.replaceChildren();
    options = [];
    for (const { group, entries } of ranked) {
      const box = element(list, "div", { role: "group", "aria-labelledby": `palette-${group}` });
      element(box, "div", { id: `palette-${group}`, class: "group" }, texts[group]);
      for (const { entry } of entries) {
        const attributes = { id: `palette-option-${options.length}`, role: "option", "aria-selected": "false", tabindex: "-1", "data-name": entry.name };
        const option: HTMLElement = entry.href ? element(box, "a", { ...attributes, href: entry.href }) : element(box, "div", attributes);
        element(option, "span", {}, entry.name);
        if (entry.keys) writeKeys(element(option, "span", { class: "keys", "aria-hidden": "true" }), entry.keys, texts.then);
        // A link then leads where it leads: the click goes on to who listens for links. With Ctrl it opens a tab, and the palette stays.
        option.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          dialog.close();
          entry.run?.();
        });
        options.push(option);
      }
    }
    const count = options.length;
    told.className = count > 0 ? "visually-hidden" : "muted";
    told.textContent = count === 0 ? texts.nothing : count === 1 ? texts.oneFound : texts.found.replace("#", String(count));
    // What the reader has already moved to stays, though scenarios came in above it.
    const kept = active > 0 ? options.findIndex((option) => option.dataset["name"] === before) : 0;
    active = 0;
    choose(Math.max(0, kept));
  };

  const ask = async (): Promise<void> => {
    const question = ++asked;
    try {
      const found = (await finder?.invokeMethodAsync("Find", input.value)) ?? [];
      if (question !== asked || !dialog.isConnected) return;
      scenarios = found.map(([name, href]) => ({ group: "scenarios", name, href }));
      show();
    } catch {
      // Without a circuit the rest is still found.
    }
  };

  input.addEventListener("input", () => {
    active = 0;
    show();
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void ask(), askAfter);
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && options.length > 0) choose((active + step + options.length) % options.length);
    else if (event.key === "Enter" && !event.repeat) options[active]?.click();
    else return;
    event.preventDefault();
  });
  show();
  dialog.showModal();
  input.focus();
  void ask();
}

function openHelp(): void {
  const all = content();
  if (!all || document.querySelector("dialog:modal")) return;
  const { texts, shortcuts } = all;
  const dialog = dialogOf("shortcuts", texts.help, () => dialog.remove());
  const head = element(dialog, "div", { class: "page-head" });
  element(head, "h2", {}, texts.help);
  element(head, "button", { type: "button", class: "button" }, texts.close).addEventListener("click", () => dialog.close());
  const list = element(dialog, "dl");
  for (const shortcut of shortcuts) {
    const row = element(list, "div");
    element(row, "dt", {}, shortcut.name);
    writeKeys(element(row, "dd", { class: "keys" }), shortcut.keys, texts.then);
  }
  const label = element(dialog, "label");
  const box = element(label, "input", { type: "checkbox", "aria-describedby": "shortcuts-why" });
  label.append(` ${texts.singleKeys}`);
  element(dialog, "p", { id: "shortcuts-why", class: "muted label" }, texts.singleKeysWhy);
  box.checked = singleKeysOn();
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(offKey) : localStorage.setItem(offKey, "true")));
  dialog.showModal();
}

const singleKeysOn = (): boolean => localStorage.getItem(offKey) === null;

const usable = (command: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll<HTMLButtonElement>("button[data-command]")].find((button) => button.dataset["command"] === command && button.checkVisibility());

/** Presses the page's button; what was typed a moment ago may be on its way to making it one that can be pressed. */
function press(command: string, within: number): void {
  const until = Date.now() + within;
  const attempt = (): void => {
    const button = usable(command);
    if (button && !button.disabled) button.click();
    else if (button && Date.now() < until) setTimeout(attempt, 30);
  };
  attempt();
}

function run(command: string): void {
  if (command === "palette") openPalette();
  else if (command === "help") openHelp();
  else if (command.startsWith("/")) {
    const link = element(document.body, "a", { href: command, hidden: "" });
    link.click();
    link.remove();
  } else press(command, command === "save" ? saveWithin : 0);
}

const chordOf = (event: KeyboardEvent): string => {
  const key = event.key.toLowerCase();
  const mod = isMac ? event.metaKey : event.ctrlKey;
  // What Shift writes by itself, such as "?", needs no saying.
  return `${mod ? "mod+" : ""}${event.shiftKey && /^[a-z]$/.test(key) ? "shift+" : ""}${key}`;
};

let before = { keys: "", at: 0 };

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey || (isMac ? event.ctrlKey : event.metaKey) || event.key === "Shift") return;
  const target = event.target instanceof Element ? event.target : null;
  const all = content();
  if (!all || document.querySelector("dialog:modal")) return;
  const chord = chordOf(event);
  const isPlain = !chord.startsWith("mod+");
  const writes = target?.closest("input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, [contenteditable]") !== null;
  if (isPlain && (!singleKeysOn() || writes || target?.closest("select, [role=application], [role=grid]"))) return;
  const keys = before.keys !== "" && Date.now() - before.at < togetherWithin ? `${before.keys} ${chord}` : chord;
  before = { keys: "", at: 0 };
  const found = all.shortcuts.find((shortcut) => shortcut.keys === keys) ?? all.shortcuts.find((shortcut) => shortcut.keys === chord);
  if (!found) {
    if (isPlain && all.shortcuts.some((shortcut) => shortcut.keys.startsWith(`${chord} `))) before = { keys: chord, at: Date.now() };
    return;
  }
  const { command } = found;
  // A text box takes back its own typing. Where a page has no such button the key stays the browser's.
  if ((command === "undo" || command === "redo") && writes) return;
  if (["save", "undo", "redo"].includes(command) && !usable(command)) return;
  event.preventDefault();
  if (!event.repeat || command === "undo" || command === "redo") run(command);
}

/** Begins to listen; once a page. */
export function listenForKeys(): void {
  if (isMac) document.documentElement.dataset["mac"] = "";
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-palette]")) openPalette();
  });
}
