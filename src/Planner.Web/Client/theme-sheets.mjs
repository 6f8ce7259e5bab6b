// Writes what the pages use of Radzen's themes: the grid's rules, those without a class, and the variables they read. The whole of each is 793 kB for buttons, calendars
// and charts that no page has, and its fonts 1.8 MB. A new class of Radzen's on a page is added here; AccessibilityTests say which one is missing.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const used = new Set(`
  rz-align-left rz-cell-data rz-column-title rz-column-title-content rz-data-grid rz-data-grid-data rz-data-row rz-datatable rz-datatable-emptymessage rz-datatable-emptymessage-row rz-datatable-loading
  rz-datatable-loading-content rz-datatable-scrollable rz-density-compact rz-frozen-cell rz-frozen-cell-left rz-frozen-cell-left-end rz-frozen-cell-left-inner rz-grid-table rz-grid-table-fixed
  rz-has-pager rz-helper-clearfix rz-pager rz-pager-bottom rz-pager-element rz-pager-first rz-pager-icon rz-pager-item rz-pager-last rz-pager-next rz-pager-page rz-pager-pages rz-pager-prev
  rz-pager-summary rz-sortable-column rz-sortable-column-icon rz-state-active rz-state-disabled rz-state-focused rz-text-align-left rz-text-align-right rz-text-truncate rz-unselectable-text
  rzi rzi-caret-left rzi-caret-right rzi-grid-sort rzi-sort rzi-sort-asc rzi-sort-desc rzi-step-backward rzi-step-forward`.trim().split(/\s+/));

/** Splits rules or the parts of a list where no bracket is open. */
function split(text, ends) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (depth === 0 && text[i] === ends && ends === ",") {
      parts.push(text.slice(start, i));
      start = i + 1;
    } else if ("{([".includes(text[i])) depth++;
    else if ("})]".includes(text[i]) && --depth === 0 && text[i] === ends) {
      parts.push(text.slice(start, i + 1));
      start = i + 1;
    }
  }
  if (text.slice(start).trim()) parts.push(text.slice(start));
  return parts;
}

// What a rule is not for may be missing.
const isUsed = (selector) => (selector.replace(/:not\([^()]*\)/g, "").match(/\.[A-Za-z_][\w-]*/g) ?? []).every((name) => used.has(name.slice(1)));

function keep(rule) {
  const open = rule.indexOf("{");
  const head = rule.slice(0, open).trim();
  const body = rule.slice(open + 1, -1);
  if (head.startsWith("@media") || head.startsWith("@supports")) {
    const kept = split(body, "}").map(keep).join("");
    return kept && `${head}{${kept}}`;
  }
  if (head.startsWith("@")) return head.startsWith("@keyframes") ? rule.trim() : "";
  const selectors = split(head, ",").filter(isUsed);
  return selectors.length > 0 ? `${selectors.join(",")}{${body}}` : "";
}

/** Leaves out the variables that neither a kept rule reads nor a variable that one reads. */
function withoutIdle(sheet) {
  for (let before = ""; before !== sheet;) {
    before = sheet;
    const read = new Set(Array.from(sheet.matchAll(/var\((--[\w-]+)/g), (found) => found[1]));
    const names = new Set(Array.from(sheet.matchAll(/animation(?:-name)?:([^;}]*)/g)).flatMap((found) => found[1].split(/[\s,]+/)));
    sheet = sheet
      .replace(/(?<=[{;])(--[\w-]+):[^;{}]*;?/g, (declaration, name) => (read.has(name) ? declaration : ""))
      .replace(/@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, (frames, name) => (names.has(name) ? frames : ""));
  }
  return sheet.replace(/[^{}]+\{\s*\}/g, "");
}

// The icons' font has 1.1 MB; the pager needs four signs of it, which the text's font has too. Sorted columns have arrows of their own.
const signs = { first_page: "«", navigate_before: "‹", navigate_next: "›", last_page: "»", sort: "", arrow_drop_up: "", arrow_drop_down: "" };
const withSigns = (sheet) => sheet
  .replace(/content:"([a-z_]+)"/g, (_, name) => `content:"${signs[name]}"`)
  .replaceAll("font-family:var(--rz-icon-font-family);", "");

// Latin, Greek, figures and signs are in a part of 59 kB of the theme's face (docs/dependencies.md says how it is made); whoever writes Cyrillic gets the whole.
const faces = `@font-face{font-family:Roboto;src:url("../fonts/Roboto.woff2") format("woff2");font-weight:100 1000;font-display:swap;unicode-range:U+0000-03FF,U+1E00-2BFF}
@font-face{font-family:Roboto;src:url("../fonts/RobotoFlex.woff2") format("woff2");font-weight:100 1000;font-display:swap;unicode-range:U+0400-052F}`;

const [from, to] = process.argv.slice(2);
mkdirSync(to, { recursive: true });
for (const name of ["material", "material-dark"]) {
  const whole = readFileSync(`${from}/${name}.css`, "utf8").replace(/^\uFEFF/, "").replace(/\/\*[\s\S]*?\*\//g, "");
  writeFileSync(`${to}/${name}.css`, `/* Radzen.Blazor ${name}.css, MIT: what is used of it (theme-sheets.mjs) */\n${faces}\n${withoutIdle(withSigns(split(whole, "}").map(keep).filter(Boolean).join("\n")))}\n`);
}
