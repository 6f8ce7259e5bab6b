// Reading a chart with the pointer: all options at one x, drag to zoom, click to pick.
import { valueAt, type Domain } from "./chart-lines";
import type { LineSpec } from "./chart-spec";
import { writer, type Ink, type Plot } from "./chart-svg";

interface Actions {
  pick(x: number): void;
  zoom(range: [number, number] | null): void;
}

const dragFrom = 6;

export class Hover {
  private readonly line = document.createElement("div");
  private readonly range = document.createElement("div");
  private readonly card = document.createElement("div");
  private readonly reset = document.createElement("button");
  private readonly leaving = new AbortController();
  private spec: LineSpec | null = null;
  private domain: Domain | null = null;
  private plot: Plot | null = null;
  private ink: Ink | null = null;
  private pressed: number | null = null;

  constructor(private readonly host: HTMLElement, private readonly actions: Actions) {
    this.line.className = "chart-hairline";
    this.range.className = "chart-range";
    this.card.className = "chart-card";
    this.reset.className = "button chart-reset";
    this.reset.type = "button";
    this.reset.textContent = "Show all";
    const { signal } = this.leaving;
    host.addEventListener("pointermove", (event) => this.move(event), { signal });
    host.addEventListener("pointerleave", () => this.clear(), { signal });
    host.addEventListener("pointerdown", (event) => this.press(event), { signal });
    host.addEventListener("pointerup", (event) => this.release(event), { signal });
    this.reset.addEventListener("click", () => actions.zoom(null), { signal });
    host.append(this.line, this.range, this.card, this.reset);
    this.clear();
  }

  follow(spec: LineSpec, domain: Domain, plot: Plot, ink: Ink, zoomed: boolean): void {
    Object.assign(this, { spec, domain, plot, ink });
    this.reset.hidden = !zoomed;
    this.host.style.cursor = spec.picks ? "crosshair" : "";
    // ApexCharts empties its host on a redraw.
    for (const part of [this.line, this.range, this.card, this.reset]) if (part.parentElement !== this.host) this.host.append(part);
  }

  dispose(): void {
    this.leaving.abort();
    for (const part of [this.line, this.range, this.card, this.reset]) part.remove();
  }

  private clear(): void {
    this.pressed = null;
    this.line.hidden = true;
    this.range.hidden = true;
    this.card.hidden = true;
  }

  private at(event: PointerEvent): { px: number; x: number } | null {
    const { domain, plot } = this;
    if (!domain || !plot) return null;
    const box = this.host.getBoundingClientRect();
    const px = event.clientX - box.left;
    const py = event.clientY - box.top;
    if (px < plot.left || px > plot.left + plot.width || py < plot.top || py > plot.top + plot.height) return null;
    const x = domain.xMin + ((px - plot.left) / plot.width) * (domain.xMax - domain.xMin);
    return { px, x: this.spec?.xUnit === "month" ? Math.min(Math.max(Math.round(x), domain.xMin), domain.xMax) : x };
  }

  private press(event: PointerEvent): void {
    this.pressed = event.pointerType === "mouse" && event.button === 0 ? (this.at(event)?.px ?? null) : null;
  }

  private release(event: PointerEvent): void {
    const here = this.at(event);
    const { pressed, domain, plot } = this;
    this.pressed = null;
    this.range.hidden = true;
    if (pressed === null || !here || !domain || !plot) return;
    if (Math.abs(here.px - pressed) < dragFrom) {
      if (this.spec?.picks) this.actions.pick(here.x);
      return;
    }
    const other = domain.xMin + ((pressed - plot.left) / plot.width) * (domain.xMax - domain.xMin);
    this.clear();
    this.actions.zoom([Math.min(other, here.x), Math.max(other, here.x)]);
  }

  private move(event: PointerEvent): void {
    const here = this.at(event);
    const { spec, plot, ink } = this;
    if (!here || !spec || !plot || !ink) {
      this.line.hidden = true;
      this.card.hidden = true;
      return;
    }
    this.line.hidden = false;
    Object.assign(this.line.style, { left: `${here.px}px`, top: `${plot.top}px`, height: `${plot.height}px` });
    if (this.pressed !== null && Math.abs(here.px - this.pressed) >= dragFrom) {
      this.range.hidden = false;
      Object.assign(this.range.style, {
        left: `${Math.min(here.px, this.pressed)}px`, width: `${Math.abs(here.px - this.pressed)}px`, top: `${plot.top}px`, height: `${plot.height}px`,
      });
    }
    this.fill(spec, here.x, ink);
    this.card.hidden = false;
    const right = here.px + 14 + this.card.offsetWidth > plot.left + plot.width;
    this.card.style.left = `${Math.max(0, right ? here.px - 14 - this.card.offsetWidth : here.px + 14)}px`;
    this.card.style.top = `${plot.top + 8}px`;
  }

  private fill(spec: LineSpec, x: number, ink: Ink): void {
    const write = writer(spec.culture, spec.symbol, spec.start);
    const values = spec.series.map((one) => ({ one, y: valueAt(one.points, x) })).filter((row): row is { one: typeof row.one; y: number } => row.y !== null);
    const least = Math.min(...values.map((row) => row.y));
    const title = document.createElement("strong");
    title.textContent = `${write(x, spec.xUnit)} ${spec.xUnit === "count" ? spec.xTitle.toLowerCase() : ""}`.trim();
    const list = document.createElement("dl");
    for (const { one, y } of values) {
      const name = document.createElement("dt");
      const swatch = document.createElement("i");
      swatch.style.background = ink.of(one.color);
      name.append(swatch, one.name);
      const value = document.createElement("dd");
      value.textContent = write(y, spec.yUnit);
      const more = document.createElement("dd");
      const notes = [y > least ? `+${write(y - least, spec.yUnit)}` : values.length > 1 ? "cheapest" : ""];
      if (one.capacityAt !== null && spec.xUnit === "count" && one.capacityAt > 0) notes.push(`${write(x / one.capacityAt, "percent")} full`);
      more.textContent = notes.filter(Boolean).join(" · ");
      list.append(name, value, more);
    }
    this.card.replaceChildren(title, list);
  }
}
