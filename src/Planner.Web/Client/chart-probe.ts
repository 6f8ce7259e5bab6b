// Reading a chart part by part: what the pointer is on, or what the arrow keys lead to, is framed and put into words.
import type { Cell } from "./chart-cells";

const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Probe {
  private readonly ring = document.createElement("div");
  private readonly card = document.createElement("div");
  private readonly leaving = new AbortController();
  private cells: Cell[] = [];
  private current: Cell | null = null;

  constructor(private readonly host: HTMLElement, private readonly picked: (x: number) => void) {
    this.ring.className = "chart-ring";
    this.card.className = "chart-card";
    this.card.setAttribute("role", "status");
    const { signal } = this.leaving;
    host.addEventListener("pointermove", (event) => this.point(event), { signal });
    host.addEventListener("pointerdown", (event) => this.point(event), { signal });
    host.addEventListener("click", () => this.pick(), { signal });
    // A finger leaves when it is lifted; what it pointed at stays until something else is touched.
    host.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.show(null), { signal });
    host.addEventListener("keydown", (event) => this.key(event), { signal });
    host.addEventListener("focus", () => host.matches(":focus-visible") && this.show(this.cells[0] ?? null, true), { signal });
    host.addEventListener("blur", () => this.show(null), { signal });
    host.append(this.ring, this.card);
    this.show(null);
  }

  follow(cells: Cell[]): void {
    this.cells = cells;
    // ApexCharts empties its host on a redraw.
    if (this.card.parentElement !== this.host) this.host.append(this.ring, this.card);
    this.show(null);
  }

  dispose(): void {
    this.leaving.abort();
    this.ring.remove();
    this.card.remove();
  }

  private point(event: PointerEvent): void {
    const box = this.host.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const away = (cell: Cell) => Math.hypot(cell.x + cell.width / 2 - x, cell.y + cell.height / 2 - y);
    const under = this.cells.filter((cell) => x >= cell.x && x < cell.x + cell.width && y >= cell.y && y < cell.y + cell.height);
    this.show(under.reduce<Cell | null>((best, cell) => (best && away(best) <= away(cell) ? best : cell), null));
  }

  private pick(): void {
    if (this.current?.pick !== undefined) this.picked(this.current.pick);
  }

  private key(event: KeyboardEvent): void {
    const step = steps[event.key];
    if (event.key === "Escape") this.show(null);
    if (event.key === "Enter" && !event.repeat) this.pick();
    if (!step && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    const from = this.current;
    const next = event.key === "Home" || !from ? this.cells[0] : event.key === "End" ? this.cells.at(-1) : step && this.nearest(from, step);
    if (next) this.show(next, true);
  }

  /** The next cell in a direction: what lies straight ahead before what lies aside. */
  private nearest(from: Cell, [dx, dy]: [number, number]): Cell | undefined {
    let best: Cell | undefined;
    let least = Infinity;
    for (const cell of this.cells) {
      const [x, y] = [cell.x + cell.width / 2 - from.x - from.width / 2, cell.y + cell.height / 2 - from.y - from.height / 2];
      const ahead = x * dx + y * dy;
      const distance = ahead + 4 * Math.abs(x * dy + y * dx);
      if (ahead > 0.5 && distance < least) [best, least] = [cell, distance];
    }
    return best;
  }

  private show(cell: Cell | null, byKeys = false): void {
    if (cell === this.current && cell !== null) return;
    this.current = cell;
    this.host.style.cursor = cell?.pick === undefined ? "" : "pointer";
    this.ring.hidden = this.card.hidden = cell === null;
    if (cell === null) return;
    // Following the pointer would talk without end.
    this.card.setAttribute("aria-live", byKeys ? "polite" : "off");
    Object.assign(this.ring.style, { left: `${cell.x}px`, top: `${cell.y}px`, width: `${cell.width}px`, height: `${cell.height}px` });
    const title = document.createElement("strong");
    title.textContent = cell.title;
    const list = document.createElement("dl");
    for (const row of cell.rows) {
      const name = document.createElement("dt");
      name.textContent = row[0];
      list.append(name, ...[row[1], row[2] ?? ""].map((part) => {
        const value = document.createElement("dd");
        value.textContent = part;
        return value;
      }));
    }
    this.card.replaceChildren(title, list);
    const { clientWidth, clientHeight } = this.host;
    const [wide, high] = [this.card.offsetWidth, this.card.offsetHeight];
    const middle = cell.x + cell.width / 2;
    const aside = cell.width > clientWidth / 2;
    const left = aside ? clientWidth - wide : cell.x + cell.width + 8 + wide <= clientWidth ? cell.x + cell.width + 8 : cell.x - 8 - wide >= 0 ? cell.x - 8 - wide : middle - wide / 2;
    const below = cell.y + cell.height + 6 + high <= clientHeight;
    const top = aside || left === middle - wide / 2 ? (below ? cell.y + cell.height + 6 : cell.y - 6 - high) : cell.y;
    this.card.style.left = `${Math.min(Math.max(0, left), Math.max(0, clientWidth - wide))}px`;
    this.card.style.top = `${Math.min(Math.max(0, top), Math.max(0, clientHeight - high))}px`;
  }
}
