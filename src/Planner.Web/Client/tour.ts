// The tour's box beside the element that it explains, never over it where there is room.

interface Guide {
  invokeMethodAsync(name: "EndAsync"): Promise<void>;
}

interface Place {
  readonly left: number;
  readonly top: number;
}

const key = "planner-tour";
const gap = 8;

let box: HTMLElement | null = null;
let target: HTMLElement | null = null;
let guide: Guide | null = null;
let waiting = 0;

// A browser may keep nothing: the tour is then new to it each time.
export function wasTaken(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(key, "1");
  } catch {
    // Nothing is kept.
  }
}

const isSeen = (element: HTMLElement): boolean => element.getClientRects().length > 0;

// Room between the app bar and, on a phone, the bottom bar.
function room(): { top: number; bottom: number } {
  const bar = document.querySelector(".app-bar")?.getBoundingClientRect();
  const navigation = document.querySelector(".frame > nav")?.getBoundingClientRect();
  const bottom = navigation && navigation.top > innerHeight / 2 ? navigation.top : innerHeight;
  return { top: Math.max(0, bar?.bottom ?? 0) + gap, bottom: bottom - gap };
}

function overlap(place: Place, size: DOMRect, of: DOMRect): number {
  const wide = Math.min(place.left + size.width, of.right) - Math.max(place.left, of.left);
  const high = Math.min(place.top + size.height, of.bottom) - Math.max(place.top, of.top);
  return Math.max(0, wide) * Math.max(0, high);
}

function place(): void {
  waiting = 0;
  if (!box || !target) return;
  const size = box.getBoundingClientRect();
  const of = target.getBoundingClientRect();
  const { top, bottom } = room();
  const inside = (left: number, up: number): Place => ({
    left: Math.max(gap, Math.min(left, innerWidth - size.width - gap)),
    top: Math.max(top, Math.min(up, bottom - size.height)),
  });
  // Beside it first, on a phone below or above; else where it covers least.
  const places = [
    inside(of.right + gap, of.top),
    inside(of.left - gap - size.width, of.top),
    inside(of.left, of.bottom + gap),
    inside(of.left, of.top - gap - size.height),
    inside(of.left, bottom),
    inside(of.left, top),
  ];
  const best = places.reduce((one, other) => (overlap(other, size, of) < overlap(one, size, of) ? other : one));
  box.style.left = `${best.left}px`;
  box.style.top = `${best.top}px`;
  box.dataset["placed"] = "";
}

function follow(): void {
  if (waiting === 0) waiting = requestAnimationFrame(place);
}

function leave(event: KeyboardEvent): void {
  if (event.key !== "Escape" || document.querySelector("dialog[open], details.menu[open]")) return;
  event.preventDefault();
  void guide?.invokeMethodAsync("EndAsync");
}

export function show(shown: HTMLElement, name: string, by: Guide): void {
  if (!box) {
    addEventListener("resize", follow);
    addEventListener("scroll", follow, { capture: true, passive: true });
    document.addEventListener("keydown", leave);
  }
  box = shown;
  guide = by;
  target?.classList.remove("tour-target");
  target = [...document.querySelectorAll<HTMLElement>(`[data-tour="${name}"]`)].find(isSeen) ?? null;
  if (target) {
    target.classList.add("tour-target");
    // Below the app bar, so that the box has the rest; at once, since nobody asked for motion.
    const { top, bottom } = room();
    const of = target.getBoundingClientRect();
    const low = of.top < top || of.bottom + gap + box.offsetHeight > bottom;
    if (low) scrollBy({ top: of.top - top, behavior: "instant" });
  }
  place();
  if (!target) box.dataset["placed"] = "";
  box.focus({ preventScroll: true });
}

export function end(taken: boolean): void {
  removeEventListener("resize", follow);
  removeEventListener("scroll", follow, { capture: true });
  document.removeEventListener("keydown", leave);
  target?.classList.remove("tour-target");
  if (taken) {
    remember();
    document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }
  [box, target, guide] = [null, null, null];
}
