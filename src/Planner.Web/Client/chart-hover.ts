// Reading a chart with the pointer, a finger or keys: all options at one x, a part of the axis nearer or moved along, one x picked.
import { valueAt, type Domain } from "./chart-lines";
import type { LineSpec } from "./chart-spec";
import { writer, type Ink, type Plot } from "./chart-svg";
import { filled, type Words } from "./chart-words";

interface Actions {
  pick(x: number): void;
  zoom(range: [number, number] | null): void;
}

const dragFrom = 6;
const paces = 50;
// Nearer than a thousandth of all there are no more figures to tell apart.
const nearest = 1000;

export class Hover {
  private readonly line = document.createElement("div");
  private readonly range = document.createElement("div");
  private readonly card = document.createElement("div");
  private readonly tools = document.createElement("div");
  private readonly moves: HTMLButtonElement[] = [];
  private readonly leaving = new AbortController();
  private spec: LineSpec | null = null;
  private domain: Domain | null = null;
  private plot: Plot | null = null;
  private ink: Ink | null = null;
  private pressed: { px: number; from: [number, number] | null } | null = null;
  private full: [number, number] = [0, 1];
  private current: number | null = null;

  constructor(private readonly host: HTMLElement, words: Words, private readonly actions: Actions) {
    this.line.className = "chart-hairline";
    this.range.className = "chart-range";
    this.card.className = "chart-card";
    this.card.setAttribute("role", "status");
    this.tools.className = "chart-zoom";
    const { signal } = this.leaving;
    host.addEventListener("pointermove", (event) => this.move(event), { signal });
    // A finger leaves when it is lifted; what it pointed at stays.
    host.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.clear(), { signal });
    host.addEventListener("pointerdown", (event) => this.press(event), { signal });
    host.addEventListener("pointerup", (event) => this.release(event), { signal });
    host.addEventListener("pointercancel", () => this.clear(), { signal });
    host.addEventListener("wheel", (event) => this.wheel(event), { signal, passive: false });
    host.addEventListener("keydown", (event) => this.key(event), { signal });
    host.addEventListener("focus", () => host.matches(":focus-visible") && this.show(this.current ?? this.spec?.here?.x ?? this.middle(), true), { signal });
    host.addEventListener("blur", () => this.clear(), { signal });
    const add = (sign: string, label: string, does: () => void): void => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet";
      button.textContent = sign;
      // The chart itself has keys for it.
      button.tabIndex = -1;
      button.title = button.ariaLabel = label;
      button.addEventListener("click", does, { signal });
      // What is pressed here is no point of the chart.
      for (const type of ["pointerdown", "pointerup", "keydown"]) button.addEventListener(type, (event) => event.stopPropagation(), { signal });
      this.tools.append(button);
      this.moves.push(button);
    };
    add("+", words.nearer, () => this.scale(0.5));
    add("−", words.farther, () => this.scale(2));
    add("‹", words.back, () => this.shift(-0.5));
    add("›", words.on, () => this.shift(0.5));
    add("↔", words.all, () => this.go(this.full));
    host.append(this.line, this.range, this.card, this.tools);
    this.clear();
  }

  /** Takes what is drawn now. */
  follow(spec: LineSpec, domain: Domain, plot: Plot, ink: Ink, full: [number, number]): void {
    Object.assign(this, { spec, domain, plot, ink, full });
    const zoomed = domain.xMin > full[0] || domain.xMax < full[1];
    this.moves.forEach((button, i) => {
      const gone = i > 0 && !zoomed;
      // A button that goes must not take the focus with it.
      if (gone && button === document.activeElement) this.moves[0]?.focus();
      button.hidden = gone;
    });
    this.host.style.cursor = spec.picks ? "crosshair" : "";
    // ApexCharts empties its host on a redraw.
    for (const part of [this.line, this.range, this.card, this.tools]) if (part.parentElement !== this.host) this.host.append(part);
    if (this.current !== null && document.activeElement === this.host) this.show(this.current, true);
    else if (this.current !== null && (this.current < domain.xMin || this.current > domain.xMax)) this.clear();
  }

  dispose(): void {
    this.leaving.abort();
    for (const part of [this.line, this.range, this.card, this.tools]) part.remove();
  }

  private clear(): void {
    this.pressed = null;
    this.current = null;
    this.line.hidden = true;
    this.range.hidden = true;
    this.card.hidden = true;
  }

  private at(event: MouseEvent): { px: number; x: number } | null {
    const { domain, plot } = this;
    if (!domain || !plot) return null;
    const box = this.host.getBoundingClientRect();
    const px = event.clientX - box.left;
    const py = event.clientY - box.top;
    if (px < plot.left || px > plot.left + plot.width || py < plot.top || py > plot.top + plot.height) return null;
    return { px, x: this.whole(domain.xMin + ((px - plot.left) / plot.width) * (domain.xMax - domain.xMin)) };
  }

  private whole(x: number): number {
    const { domain, spec } = this;
    return spec?.xUnit === "month" && domain ? Math.min(Math.max(Math.round(x), domain.xMin), domain.xMax) : x;
  }

  private middle(): number {
    return this.domain ? this.whole((this.domain.xMin + this.domain.xMax) / 2) : 0;
  }

  /** Shows a part of the axis, as far as there is any. */
  private go([from, to]: [number, number]): void {
    const [first, last] = this.full;
    const width = Math.min(Math.max(to - from, (last - first) / nearest), last - first);
    const start = Math.min(Math.max(from, first), last - width);
    this.actions.zoom(width >= (last - first) * (1 - 1e-9) ? null : [start, start + width]);
  }

  /** Nearer (below 1) or farther (above 1) around a point, which stays where it is drawn. */
  private scale(by: number, around = this.current ?? this.within(this.spec?.here?.x) ?? this.middle()): void {
    const { domain } = this;
    if (domain) this.go([around - (around - domain.xMin) * by, around + (domain.xMax - around) * by]);
  }

  /** Along the axis by a share of what is seen. */
  private shift(by: number): void {
    const { domain } = this;
    if (!domain) return;
    const step = (domain.xMax - domain.xMin) * by;
    this.go([domain.xMin + step, domain.xMax + step]);
  }

  private within(x: number | undefined): number | undefined {
    return x !== undefined && this.domain && x >= this.domain.xMin && x <= this.domain.xMax ? x : undefined;
  }

  /** Ctrl and the wheel, or two fingers on a touchpad, come nearer; sideways moves along. The wheel alone scrolls the page. */
  private wheel(event: WheelEvent): void {
    const { domain } = this;
    if (!domain) return;
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
    if (event.ctrlKey) this.scale(1.2 ** Math.sign(event.deltaY), this.at(event)?.x);
    else if (sideways !== 0 && (domain.xMin > this.full[0] || domain.xMax < this.full[1])) this.shift(Math.sign(sideways) * 0.1);
    else return;
    event.preventDefault();
  }

  private key(event: KeyboardEvent): void {
    const { domain, spec } = this;
    if (!domain || !spec || event.ctrlKey || event.metaKey || event.altKey) return;
    const from = this.current ?? this.within(spec.here?.x) ?? this.middle();
    const pace = Math.max((domain.xMax - domain.xMin) / paces, spec.xUnit === "month" ? 1 : 0) * (event.shiftKey ? 5 : 1);
    // Up and down lead to what is marked: the reader's own point, crossings, and where fleets are full.
    const marked = [spec.here?.x, ...spec.crossings.map((crossing) => crossing.x), ...spec.series.map((one) => one.capacityAt)]
      .filter((x): x is number => typeof x === "number" && x >= this.full[0] && x <= this.full[1]).sort((one, other) => one - other);
    const slack = (domain.xMax - domain.xMin) * 1e-9;
    let to: number | undefined;
    switch (event.key) {
      case "ArrowLeft": to = from - pace; break;
      case "ArrowRight": to = from + pace; break;
      case "ArrowDown": to = marked.findLast((x) => x < from - slack); break;
      case "ArrowUp": to = marked.find((x) => x > from + slack); break;
      case "Home": to = this.full[0]; break;
      case "End": to = this.full[1]; break;
      case "+": this.scale(0.5); break;
      case "-": this.scale(2); break;
      case "Escape": this.clear(); return;
      case "Enter": if (spec.picks && this.current !== null && !event.repeat) this.actions.pick(this.current); break;
      default: return;
    }
    event.preventDefault();
    if (to === undefined) return;
    const next = Math.min(Math.max(to, this.full[0]), this.full[1]);
    const width = domain.xMax - domain.xMin;
    if (next < domain.xMin || next > domain.xMax) {
      // Beyond the edge the chart comes along, and shows the point once it is drawn.
      this.current = this.whole(next);
      this.go([next - width / 2, next + width / 2]);
    } else this.show(this.whole(next), true);
  }

  private press(event: PointerEvent): void {
    const here = event.pointerType === "mouse" && event.button === 0 ? this.at(event) : null;
    // With Shift the chart itself is dragged.
    this.pressed = here && this.domain ? { px: here.px, from: event.shiftKey ? [this.domain.xMin, this.domain.xMax] : null } : null;
  }

  private release(event: PointerEvent): void {
    const here = this.at(event);
    const { pressed, domain, plot } = this;
    this.pressed = null;
    this.range.hidden = true;
    if (pressed === null || pressed.from || !here || !domain || !plot) return;
    if (Math.abs(here.px - pressed.px) < dragFrom) {
      if (this.spec?.picks) this.actions.pick(here.x);
      return;
    }
    const other = domain.xMin + ((pressed.px - plot.left) / plot.width) * (domain.xMax - domain.xMin);
    this.clear();
    this.go([Math.min(other, here.x), Math.max(other, here.x)]);
  }

  private move(event: PointerEvent): void {
    const here = this.at(event);
    const { plot, pressed } = this;
    if (!here || !plot) {
      this.line.hidden = this.card.hidden = true;
      this.current = null;
      return;
    }
    if (pressed?.from) {
      const [from, to] = pressed.from;
      const by = ((pressed.px - here.px) / plot.width) * (to - from);
      this.go([from + by, to + by]);
    } else if (pressed && Math.abs(here.px - pressed.px) >= dragFrom) {
      this.range.hidden = false;
      Object.assign(this.range.style, {
        left: `${Math.min(here.px, pressed.px)}px`, width: `${Math.abs(here.px - pressed.px)}px`, top: `${plot.top}px`, height: `${plot.height}px`,
      });
    }
    this.show(here.x, false, here.px);
  }

  /** Puts the hairline and the card at an x. Following the pointer would talk without end, so only keys are spoken. */
  private show(x: number, byKeys: boolean, drawnAt?: number): void {
    const { spec, domain, plot, ink } = this;
    if (!spec || !domain || !plot || !ink) return;
    this.current = x;
    const px = drawnAt ?? plot.left + ((x - domain.xMin) / (domain.xMax - domain.xMin)) * plot.width;
    this.card.setAttribute("aria-live", byKeys ? "polite" : "off");
    this.line.hidden = this.card.hidden = false;
    Object.assign(this.line.style, { left: `${px}px`, top: `${plot.top}px`, height: `${plot.height}px` });
    this.fill(spec, x, ink);
    const right = px + 14 + this.card.offsetWidth > plot.left + plot.width;
    this.card.style.left = `${Math.max(0, right ? px - 14 - this.card.offsetWidth : px + 14)}px`;
    this.card.style.top = `${plot.top + 8}px`;
  }

  private fill(spec: LineSpec, x: number, ink: Ink): void {
    const write = writer(spec);
    const values = spec.series.map((one) => ({ one, y: valueAt(one.points, x) })).filter((row): row is { one: typeof row.one; y: number } => row.y !== null);
    const least = Math.min(...values.map((row) => row.y));
    const title = document.createElement("strong");
    title.textContent = `${write(x, spec.xUnit)} ${spec.xUnit !== "count" ? "" : spec.words.keepsCapitals ? spec.xTitle : spec.xTitle.toLowerCase()}`.trim();
    const list = document.createElement("dl");
    for (const { one, y } of values) {
      const name = document.createElement("dt");
      const swatch = document.createElement("i");
      swatch.style.background = ink.of(one.color);
      name.append(swatch, one.name);
      const value = document.createElement("dd");
      value.textContent = write(y, spec.yUnit);
      const more = document.createElement("dd");
      // At a crossing both are, but for the last digit of a calculation.
      const notes = [!spec.lowestWins ? "" : y - least > Math.abs(y) * 1e-9 ? `+${write(y - least, spec.yUnit)}` : values.length > 1 ? spec.words.cheapest : ""];
      if (one.capacityAt !== null && spec.xUnit === "count" && one.capacityAt > 0) notes.push(filled(spec.words.full, write(x / one.capacityAt, "percent")));
      more.textContent = notes.filter(Boolean).join(" · ");
      list.append(name, value, more);
    }
    this.card.replaceChildren(title, list);
  }
}
