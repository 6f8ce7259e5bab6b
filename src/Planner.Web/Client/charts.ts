// The one place that knows ApexCharts, which draws lines and bars. Components/Charts sends specs; nothing but picked points goes back.
import ApexCharts, { type ApexOptions } from "apexcharts";
import { barOptions, drawBars } from "./chart-bars";
import { sheetOf, type Cell, type Sheet } from "./chart-cells";
import { drawColumns } from "./chart-columns";
import { drawDistribution } from "./chart-distribution";
import { exportPng, exportSvg } from "./chart-export";
import { Hover } from "./chart-hover";
import { domainOf, drawLines, lineOptions, spanOf, type Domain } from "./chart-lines";
import { drawFrontier } from "./chart-frontier";
import { drawHistory } from "./chart-history";
import { drawLengths } from "./chart-lengths";
import { drawMap } from "./chart-map";
import { Probe } from "./chart-probe";
import type { BarSpec, CellSpec, LineSpec, Spec } from "./chart-spec";
import { inkOf, layers, plotOf, type Ink } from "./chart-svg";
import { drawTornado } from "./chart-tornado";
import { drawWaterfall } from "./chart-waterfall";
import { drawWeek } from "./chart-week";

export interface Picker {
  invokeMethodAsync(method: "Picked", x: number): Promise<void>;
}

function drawCells(sheet: Sheet, spec: CellSpec): Cell[] {
  switch (spec.kind) {
    case "week": return drawWeek(sheet, spec);
    case "tornado": return drawTornado(sheet, spec);
    case "distribution": return drawDistribution(sheet, spec);
    case "waterfall": return drawWaterfall(sheet, spec);
    case "map": return drawMap(sheet, spec);
    case "frontier": return drawFrontier(sheet, spec);
    case "history": return drawHistory(sheet, spec);
    case "columns": return drawColumns(sheet, spec);
    case "lengths": return drawLengths(sheet, spec);
  }
}

class PlannerChart {
  private apex: ApexCharts | null = null;
  private hover: Hover | null = null;
  private probe: Probe | null = null;
  private drawn = false;
  private zoom: [number, number] | null = null;
  private work: Promise<void> = Promise.resolve();
  private queued = false;
  private width = 0;
  private readonly resized: ResizeObserver;

  constructor(readonly host: HTMLElement, private spec: Spec, private readonly picker: Picker | null) {
    this.resized = new ResizeObserver(() => {
      if (this.drawn && Math.abs(this.host.clientWidth - this.width) > 1) void this.draw();
    });
    if (this.spec.width === null) this.resized.observe(host);
  }

  show(spec: Spec): Promise<void> {
    this.spec = spec;
    return this.draw();
  }

  /** Draws the newest spec; what was asked for meanwhile is drawn once, not one by one. */
  draw(): Promise<void> {
    if (!this.queued) {
      this.queued = true;
      this.work = this.work.then(async () => {
        this.queued = false;
        await this.now();
      }).catch((fault: unknown) => console.error("chart", fault));
    }
    return this.work;
  }

  private async now(): Promise<void> {
    const { host, spec } = this;
    // On a phone the print view is as wide as the phone.
    this.width = spec.width === null ? host.clientWidth : Math.min(spec.width, host.clientWidth);
    if (!host.isConnected || this.width < 40) return;
    const ink = inkOf(host);
    if (spec.kind === "lines" || spec.kind === "bars") {
      await this.apexDrawn(spec, ink);
    } else {
      const cells = drawCells(sheetOf(host, spec, this.width, ink), spec);
      if (spec.width === null) this.probed(cells);
    }
    this.drawn = true;
  }

  private probed(cells: Cell[]): void {
    (this.probe ??= new Probe(this.host, (x) => void this.picker?.invokeMethodAsync("Picked", x))).follow(cells);
  }

  private async apexDrawn(spec: LineSpec | BarSpec, ink: Ink): Promise<void> {
    const { host } = this;
    // A part of an axis that is no longer there is no part of the new one.
    if (spec.kind === "lines" && this.zoom && (this.zoom[0] < spanOf(spec)[0] || this.zoom[1] > spanOf(spec)[1])) this.zoom = null;
    const domain = spec.kind === "lines" ? domainOf(spec, this.zoom) : null;
    const options: ApexOptions = {
      ...(spec.kind === "bars" ? barOptions(spec, this.width, ink) : domain ? lineOptions(spec, domain, ink) : {}),
      chart: {
        type: spec.kind === "lines" ? "line" : "bar", stacked: spec.kind === "bars", height: spec.height, width: this.width,
        fontFamily: ink.font, background: "transparent",
        animations: { enabled: false }, toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false },
        redrawOnParentResize: false, redrawOnWindowResize: false, parentHeightOffset: 0,
      },
      fill: { opacity: 1 },
      legend: { show: false },
      tooltip: { enabled: false },
      states: { hover: { filter: { type: "none" } }, active: { filter: { type: "none" } } },
    };
    if (this.apex === null) {
      this.apex = new ApexCharts(host, options);
      await this.apex.render();
    } else {
      await this.apex.updateOptions(options, true, false, false);
    }
    this.decorate(spec, domain, ink);
  }

  private decorate(spec: LineSpec | BarSpec, domain: Domain | null, ink: Ink): void {
    const { host } = this;
    const drawing = layers(host);
    if (!drawing) return;
    const plot = plotOf(this.apex);
    if (spec.kind === "bars") {
      const cells = drawBars(drawing.front, drawing.back, spec, plot, this.width, ink);
      if (spec.width === null) this.probed(cells);
      return;
    }
    if (!domain) return;
    drawLines(drawing.front, drawing.back, spec, domain, plot, ink);
    if (spec.width !== null) return;
    this.hover ??= new Hover(host, spec.words, {
      pick: (x) => void this.picker?.invokeMethodAsync("Picked", x),
      zoom: (range) => {
        this.zoom = range;
        void this.draw();
      },
    });
    this.hover.follow(spec, domain, plot, ink, spanOf(spec));
  }

  save(format: "svg" | "png", name: string): Promise<void> {
    return format === "svg" ? exportSvg(this.host, this.spec, name) : exportPng(this.host, this.spec, name);
  }

  dispose(): void {
    this.resized.disconnect();
    this.hover?.dispose();
    this.probe?.dispose();
    this.apex?.destroy();
    this.apex = null;
  }
}

const charts = new Map<string, PlannerChart>();

/** Draws a chart into an element, or draws it anew. */
export async function show(id: string, host: HTMLElement, spec: string, picker: Picker | null): Promise<void> {
  const read = { ...JSON.parse(spec), words: JSON.parse(host.dataset["words"] ?? "") } as Spec;
  let chart = charts.get(id);
  if (chart && chart.host !== host) {
    chart.dispose();
    chart = undefined;
  }
  if (chart) {
    await chart.show(read);
    return;
  }
  host.replaceChildren();
  chart = new PlannerChart(host, read, picker);
  charts.set(id, chart);
  await chart.draw();
}

export const save = (id: string, format: "svg" | "png", name: string): Promise<void> => charts.get(id)?.save(format, name) ?? Promise.resolve();

export function dispose(id: string): void {
  charts.get(id)?.dispose();
  charts.delete(id);
}

const redraw = (): void => charts.forEach((chart) => void chart.draw());

/** Shrinks what is to be one page of paper until it is, as far as it can still be read; a phone has no such pages. */
function fit(sheet: HTMLElement): void {
  const height = Number(sheet.dataset["fitHeight"]);
  const [smallest, step] = [0.7, 0.02];
  if (sheet.clientWidth < 600) return;
  for (let scale = 1 - step; sheet.getBoundingClientRect().height > height && scale > smallest; scale -= step) sheet.style.setProperty("zoom", scale.toFixed(2));
}

/** A page without a circuit carries its specs itself; whoever prints it waits for data-ready on the root element. */
async function showStatic(): Promise<void> {
  const hosts = [...document.querySelectorAll<HTMLElement>("[data-chart-spec]")];
  const progress = { expected: hosts.length, drawn: 0 };
  (window as unknown as { __plannerCharts: typeof progress }).__plannerCharts = progress;
  await document.fonts.ready;
  for (const [index, host] of hosts.entries()) {
    await show(`static-${index}`, host, host.dataset["chartSpec"] ?? "", null);
    progress.drawn++;
  }
  document.querySelectorAll<HTMLElement>("[data-fit-height]").forEach(fit);
  document.documentElement.dataset["ready"] = "true";
}

// The report names this module by its tag, the circuit by the import map: only the report's run draws by itself.
const state = window as unknown as { plannerChartsTheme?: true };
if (!state.plannerChartsTheme) {
  state.plannerChartsTheme = true;
  document.addEventListener("planner:theme", redraw);
  // Text is measured for placing it, so wrong until the face is there.
  void document.fonts.ready.then(redraw);
}
if (document.querySelector("script[data-static-charts]")) {
  void showStatic();
}
