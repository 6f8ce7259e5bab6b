// Theme, reconnecting, dialogs and keys: what has to work before, beside or without a circuit.

import { listenForKeys } from "./palette";

export { dropDraft, findDraft, keepDraft, takeDraft } from "./drafts";
export { offerScenarios } from "./palette";

type Theme = "light" | "dark";

const cookieName = "planner-theme";
const systemDark = matchMedia("(prefers-color-scheme: dark)");

const chosen = (): Theme | null => {
  const value = document.cookie.split("; ").find((part) => part.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
  return value === "light" || value === "dark" ? value : null;
};

const effective = (): Theme => chosen() ?? (systemDark.matches ? "dark" : "light");

function show(choice: Theme | null = chosen()): void {
  const root = document.documentElement;
  if (choice === null) delete root.dataset["theme"];
  else root.dataset["theme"] = choice;

  for (const sheet of document.querySelectorAll<HTMLLinkElement>("link[data-theme-sheet]")) {
    const mine = sheet.dataset["themeSheet"];
    const bySystem = mine === "dark" ? "(prefers-color-scheme: dark)" : "not all and (prefers-color-scheme: dark)";
    sheet.media = choice === null ? bySystem : choice === mine ? "all" : "not all";
  }
  document.dispatchEvent(new CustomEvent("planner:theme"));
}

function toggle(): void {
  const next: Theme = effective() === "dark" ? "light" : "dark";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // Back at what the system says anyway: forget the choice, so that the page follows the system again.
  document.cookie = next === (systemDark.matches ? "dark" : "light")
    ? `${cookieName}=; Path=/; Max-Age=0; SameSite=Lax${secure}`
    : `${cookieName}=${next}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  show();
}

// The page is written anew in the language; figures as in the country of the browser's first language of that name.
function speak(language: string): void {
  const culture = navigator.languages.find((name) => name.split("-")[0] === language) ?? language;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `planner-language=c=${culture}|uic=${language}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  location.reload();
}

const openMenus = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");

export function openDialog(dialog: HTMLDialogElement): void {
  if (!dialog.open) dialog.showModal();
}

export function closeDialog(dialog: HTMLDialogElement): void {
  dialog.close();
}

export function download(name: string, type: string, content: BlobPart): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Leads to the first of several elements that is there: opens what it is folded into, and puts the focus on it.
export function reveal(ids: readonly string[]): void {
  const found = ids.map((id) => document.getElementById(id)).find((element) => element !== null);
  for (let fold = found?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  found?.scrollIntoView({ block: "center" });
  found?.focus({ preventScroll: true });
}

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

// Tags load this module by its fingerprinted address and Blazor by the import map: one set of listeners either way.
const state = window as unknown as { plannerShell?: true };
if (!state.plannerShell) {
  state.plannerShell = true;
  listenForKeys();
  systemDark.addEventListener("change", () => document.dispatchEvent(new CustomEvent("planner:theme")));
  // Paper is white.
  addEventListener("beforeprint", () => show("light"));
  addEventListener("afterprint", () => show());
  // Captured before Blazor sees it: under <base href="/"> a bare fragment would lead to the overview.
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-skip]")) return;
    event.preventDefault();
    document.getElementById("content")?.focus();
  }, { capture: true });
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-theme-toggle]")) toggle();
    else if (target.closest<HTMLElement>("[data-language]")) speak(target.closest<HTMLElement>("[data-language]")!.dataset["language"]!);
    else if (target.closest("[data-reload]")) location.reload();
    else if (target.closest("[data-print]")) print();
  });

  // The script of the circuit moves to the head of the page after every change of the address, also where it only says how the same page is looked at.
  const scroll = window.scrollTo.bind(window) as (...to: unknown[]) => void;
  window.scrollTo = (...to: unknown[]): void => {
    const state = history.state as { userState?: unknown } | null;
    if (!(to[0] === 0 && to[1] === 0 && state?.userState === "stay")) scroll(...to);
  };

  // A folded-out menu goes when something else is clicked, or by Escape, which leaves the focus on it.
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    // What the buttons and the slider of a number's box do for a pointer.
    if ((event.key !== "ArrowUp" && event.key !== "ArrowDown") || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const button = (event.target as Element).closest("[data-arrows]")?.querySelector<HTMLButtonElement>(`[data-arrow="${event.key}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });

  // A restarted server refuses the old circuit, and a dialog of our own is not reloaded by the framework.
  const modal = document.getElementById("components-reconnect-modal");
  if (modal) {
    new MutationObserver(() => {
      if (modal.classList.contains("components-reconnect-rejected")) location.reload();
    }).observe(modal, { attributes: true, attributeFilter: ["class"] });
  }
}
