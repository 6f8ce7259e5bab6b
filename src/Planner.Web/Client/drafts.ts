// Drafts that were not saved, in the browser's storage: each tab has its own, named `<name>~<tab>`.

interface Kept {
  readonly place: string;
  readonly text: string;
}

const key = "planner-tab";
const lockPrefix = "planner-tab-";

// This module may be loaded twice; the page is of one tab.
const page = window as unknown as { plannerTab?: string };
const tab = (page.plannerTab ??= begin());

const placeOf = (name: string): string => `${name}~${tab}`;

// The tab's name lies in its session's storage only between two pages: a tab that is duplicated, or opened by this one, copies that storage and must not find it there.
function begin(): string {
  const name = takeName() ?? [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join("");
  addEventListener("pagehide", () => {
    try {
      sessionStorage.setItem(key, name);
    } catch {
      // Nothing is kept.
    }
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) takeName();
  });
  // Held as long as the page is there: how other tabs know that this one is not gone. Browsers have locks at https and loopback addresses only.
  navigator.locks?.request(lockPrefix + name, () => new Promise(() => {})).catch(() => {});
  return name;
}

function takeName(): string | null {
  try {
    const name = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return name;
  } catch {
    return null;
  }
}

// Own drafts are this tab's; others are offered where their tab is gone. What former versions kept is of no tab.
export async function findDraft(name: string): Promise<Kept | null> {
  const own = localStorage.getItem(placeOf(name));
  if (own !== null) return { place: placeOf(name), text: own };

  const open = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
  const isOf = (place: string): boolean => place === name || (place.startsWith(`${name}~`) && /^[0-9a-z]+$/.test(place.slice(name.length + 1)));
  const kept = Object.keys(localStorage)
    .filter((place) => isOf(place) && !open.has(lockPrefix + place.slice(name.length + 1)))
    .map((place) => ({ place, text: localStorage.getItem(place) ?? "" }));
  return kept.sort((a, b) => momentOf(b.text) - momentOf(a.text))[0] ?? null;
}

// One that cannot be read counts as the oldest.
function momentOf(text: string): number {
  try {
    return Date.parse((JSON.parse(text) as { at: string }).at) || 0;
  } catch {
    return 0;
  }
}

export function keepDraft(name: string, text: string): void {
  localStorage.setItem(placeOf(name), text);
}

// The draft of another tab becomes this one's.
export function takeDraft(name: string, place: string): void {
  const text = localStorage.getItem(place);
  if (text === null || place === placeOf(name)) return;
  localStorage.removeItem(place);
  localStorage.setItem(placeOf(name), text);
}

export function dropDraft(name: string, place = placeOf(name)): void {
  localStorage.removeItem(place);
}
