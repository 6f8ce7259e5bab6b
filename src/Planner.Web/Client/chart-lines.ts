import type { ApexOptions } from "apexcharts";
import type { LineSeries, LineSpec } from "./chart-spec";
import { draw, hatch, marker, monthStep, niceStep, overlaps, shorten, textWidth, writer, type Box, type Ink, type Plot } from "./chart-svg";
import { filled } from "./chart-words";

type Point = [number, number];

const bandHeight = 7;
// What ApexCharts adds of its own at the top and the bottom is already off.
const bottom = { plain: 30, band: 60 };
const top = -4;
// Straight lines bend on a logarithmic axis: enough pieces that nobody sees corners.
const pieces = 32;

export interface Domain {
  xMin: number;
  xMax: number;
  yMin: number;
  yMax: number;
  /** Data to axis: the identity or log10. */
  scale(y: number): number;
  unscale(y: number): number;
  /** Marks of the y axis, in data. */
  ticks: number[];
}

/** A series' y at x; null outside the line. At a step the value after it. */
export function valueAt(points: Point[], x: number): number | null {
  let before: Point | undefined;
  for (const point of points) {
    if (point[0] > x) {
      if (!before) return null;
      return before[1] + ((point[1] - before[1]) * (x - before[0])) / (point[0] - before[0]);
    }
    before = point;
  }
  return before && before[0] === x ? before[1] : null;
}

function clip(points: Point[], from: number, to: number): Point[] {
  const inside = points.filter(([x]) => x >= from && x <= to);
  const start = valueAt(points, from);
  const end = valueAt(points, to);
  if (start !== null && inside[0]?.[0] !== from) inside.unshift([from, start]);
  if (end !== null && inside.at(-1)?.[0] !== to) inside.push([to, end]);
  return inside;
}

/** The whole of the x axis. */
export function spanOf(spec: LineSpec): [number, number] {
  const xs = spec.series.flatMap((one) => one.points.map(([x]) => x));
  return [Math.min(...xs), Math.max(...xs)];
}

export function domainOf(spec: LineSpec, zoom: [number, number] | null): Domain {
  const [xMin, xMax] = zoom ?? spanOf(spec);
  const ys = spec.series.flatMap((one) => clip(one.points, xMin, xMax).map(([, y]) => y));
  const highest = Math.max(...ys, 0);
  const lowest = Math.min(...ys, 0);
  // A line that starts at zero has no lowest value on a logarithmic axis: what it is a little further on has to do.
  const early = spec.series.map((one) => valueAt(one.points, xMin + (xMax - xMin) / 50)).filter((y) => y !== null);
  const positive = [...ys, ...early].filter((y) => y > 0);
  if (spec.logarithmic && positive.length > 0) {
    const marks = logMarks(Math.min(...positive), highest);
    const yMin = Math.log10(marks[0] ?? 1);
    const yMax = Math.log10(marks.at(-1) ?? 10);
    return { xMin, xMax, yMin, yMax, ticks: marks, scale: (y) => (y > 0 ? Math.max(yMin, Math.log10(y)) : yMin), unscale: (y) => 10 ** y };
  }
  const step = niceStep(highest - lowest || 1, 5);
  const yMin = Math.floor(lowest / step) * step;
  const yMax = Math.max(yMin + step, Math.ceil((highest * 1.02) / step) * step);
  const count = Math.round((yMax - yMin) / step);
  return { xMin, xMax, yMin, yMax, ticks: Array.from({ length: count + 1 }, (_, i) => yMin + i * step), scale: (y) => y, unscale: (y) => y };
}

/** 1, 2, 5 of each decade around the values; over many decades the powers of ten alone, and not below a millionth of the highest. */
export function logMarks(lowest: number, highest: number): number[] {
  const least = Math.max(lowest, highest / 1e6);
  const shares = highest / least > 2e3 ? [1] : [1, 2, 5];
  const all: number[] = [];
  for (let decade = Math.floor(Math.log10(least)); decade <= Math.ceil(Math.log10(highest)); decade++) {
    all.push(...shares.map((share) => share * 10 ** decade));
  }
  const from = Math.max(0, all.findLastIndex((mark) => mark <= least * (1 + 1e-9)));
  const to = all.findIndex((mark) => mark >= highest * (1 - 1e-9));
  return all.slice(from, Math.max(to, from + 1) + 1);
}

/** Points on the axis' scale; null where the line is below a logarithmic axis, which has no zero. */
function onAxis(points: Point[], domain: Domain, logarithmic: boolean): { x: number; y: number | null }[] {
  if (!logarithmic) return points.map(([x, y]) => ({ x, y }));
  const floor = domain.unscale(domain.yMin);
  const out: { x: number; y: number | null }[] = [];
  const put = (x: number, y: number) => out.push({ x, y: y < floor * (1 - 1e-9) ? null : domain.scale(y) });
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before && before[0] !== point[0] && before[1] !== point[1]) {
      const [from, to] = [before[1], point[1]];
      // Where it leaves or enters the axis, exactly.
      const edge = (floor - from) / (to - from);
      const shares = Array.from({ length: pieces - 1 }, (_, k) => (to > from ? ((k + 1) / pieces) ** 2 : 1 - (1 - (k + 1) / pieces) ** 2));
      if (edge > 0 && edge < 1) shares.push(edge);
      for (const share of shares.sort((one, other) => one - other)) {
        put(before[0] + (point[0] - before[0]) * share, share === edge ? floor : from + (to - from) * share);
      }
    }
    put(point[0], point[1]);
  });
  return out;
}

function axisWidth(spec: LineSpec, domain: Domain, ink: Ink): number {
  const write = writer(spec);
  return Math.max(24, ...domain.ticks.map((tick) => textWidth(write(tick, spec.yUnit), 12, ink.font))) + 10;
}

export function lineOptions(spec: LineSpec, domain: Domain, ink: Ink): ApexOptions {
  const drawn = spec.series.flatMap((one) => {
    const { xMin, xMax } = domain;
    const full = Math.min(Math.max(one.capacityAt ?? xMax, xMin), xMax);
    const parts = [{ name: one.name, color: ink.of(one.color), dash: one.dash, width: 2.5, points: clip(one.points, xMin, full) }];
    if (full < xMax) parts.push({ name: filled(spec.words.beyond, one.name), color: ink.neutral, dash: 3, width: 1.5, points: clip(one.points, full, xMax) });
    return parts;
  }).filter((part) => part.points.length > 1);

  return {
    series: drawn.map((part) => ({ name: part.name, data: onAxis(part.points, domain, spec.logarithmic) })),
    colors: drawn.map((part) => part.color),
    stroke: { curve: "straight", lineCap: "butt", width: drawn.map((part) => part.width), dashArray: drawn.map((part) => part.dash) },
    xaxis: {
      type: "numeric", min: domain.xMin, max: domain.xMax, tickAmount: 4,
      labels: { show: false }, axisTicks: { show: false }, axisBorder: { color: ink.muted }, tooltip: { enabled: false }, crosshairs: { show: false },
    },
    yaxis: {
      min: domain.yMin, max: domain.yMax, tickAmount: 1, forceNiceScale: false, tooltip: { enabled: false }, crosshairs: { show: false },
      labels: { show: false }, axisBorder: { show: false },
    },
    grid: { show: false, padding: { top: top, left: axisWidth(spec, domain, ink), right: 8, bottom: spec.winners.length > 0 ? bottom.band : bottom.plain } },
  };
}

export function drawLines(layer: SVGGElement, below: SVGGElement, spec: LineSpec, domain: Domain, plot: Plot, ink: Ink): void {
  const write = writer(spec);
  const px = (x: number) => plot.left + ((x - domain.xMin) / (domain.xMax - domain.xMin)) * plot.width;
  const py = (y: number) => plot.top + plot.height - ((domain.scale(y) - domain.yMin) / (domain.yMax - domain.yMin)) * plot.height;
  const within = (x: number) => x >= domain.xMin && x <= domain.xMax;
  const base = plot.top + plot.height;
  const text = { "font-family": ink.font, "font-size": 12, fill: ink.muted };
  const taken: Box[] = [];

  const say = (label: string, x: number, y: number, color: string, weight: number, rows: number[]): void => {
    const width = textWidth(label, 12, ink.font, weight) + 8;
    const left = Math.min(Math.max(x - width / 2, plot.left + 2), plot.left + plot.width - width);
    const spots = rows.map((row) => ({ x: left, y: y + row - 12, width, height: 16 })).filter((box) => box.y >= 0 && box.y + box.height <= base);
    const box = spots.find((spot) => !taken.some((other) => overlaps(spot, other)));
    if (!box) return;
    taken.push(box);
    draw(layer, "rect", { ...box, rx: 3, fill: ink.surface, "fill-opacity": 0.88 });
    draw(layer, "text", { ...text, x: box.x + width / 2, y: box.y + 12, "text-anchor": "middle", fill: color, "font-weight": weight }, label);
  };

  for (const tick of domain.ticks) {
    draw(below, "line", { x1: plot.left, x2: plot.left + plot.width, y1: py(tick), y2: py(tick), stroke: tick === 0 && domain.yMin < 0 ? ink.muted : ink.line });
    draw(layer, "text", { ...text, x: plot.left - 8, y: py(tick) + 4, "text-anchor": "end" }, write(tick, spec.yUnit));
  }
  draw(layer, "text", { ...text, x: 0, y: plot.top - 14 }, spec.yTitle);

  const banded = spec.winners.length > 0;
  const tickTop = base + (banded ? bandHeight + 26 : 0);
  const span = domain.xMax - domain.xMin;
  const step = spec.xUnit === "month" ? monthStep(span, Math.max(3, Math.floor(plot.width / 72))) : niceStep(span, Math.max(2, Math.floor(plot.width / 96)));
  for (let x = Math.ceil(domain.xMin / step - 1e-9) * step; x <= domain.xMax * (1 + 1e-9); x += step) {
    const label = write(Math.abs(x) < step / 1e6 ? 0 : x, spec.xUnit);
    draw(layer, "line", { x1: px(x), x2: px(x), y1: base, y2: base + 4, stroke: ink.muted });
    const middle = Math.min(px(x), plot.left + plot.width - textWidth(label, 12, ink.font) / 2 + 6);
    draw(layer, "text", { ...text, x: middle, y: tickTop + 17, "text-anchor": "middle" }, label);
  }
  draw(layer, "text", { ...text, x: plot.left + plot.width / 2, y: tickTop + 35, "text-anchor": "middle" }, shorten(spec.xTitle, plot.width, 12, ink.font));

  if (banded) drawBand(layer, spec, px, domain, base, ink);

  spec.series.forEach((one, index) => {
    drawMarkers(layer, one, index, spec.series.length, domain, px, py, ink);
    if (one.capacityAt === null || !within(one.capacityAt) || one.capacityAt === domain.xMax) return;
    const y = valueAt(one.points, one.capacityAt);
    if (y === null) return;
    draw(layer, "line", { x1: px(one.capacityAt), x2: px(one.capacityAt), y1: py(y) - 7, y2: py(y) + 7, stroke: ink.of(one.color), "stroke-width": 2.5 });
    // Fleets that are full at the same volume share one label; each keeps its tick.
    const at = px(one.capacityAt);
    if (spec.series.slice(0, index).some((other) => other.capacityAt !== null && Math.abs(px(other.capacityAt) - at) < 40)) return;
    say(filled(spec.words.fullAt, write(one.capacityAt, spec.xUnit)), px(one.capacityAt), py(y), ink.muted, 400, [22, 38, -14, -30]);
  });

  const here = spec.here;
  if (here && within(here.x)) {
    draw(layer, "line", {
      x1: px(here.x), x2: px(here.x), y1: plot.top, y2: base, stroke: ink.text, "stroke-width": 1.5, "stroke-dasharray": "1 3", "stroke-linecap": "round",
    });
    if (here.y !== null) draw(layer, "circle", { cx: px(here.x), cy: py(here.y), r: 6, fill: ink.text, stroke: ink.surface, "stroke-width": 2 });
    say(here.label, px(here.x), plot.top, ink.text, 500, [10, 26]);
  }

  // All crossings get a ring; of many only the outer ones get words.
  spec.crossings.forEach((crossing, index) => {
    if (!within(crossing.x)) return;
    draw(layer, "circle", { cx: px(crossing.x), cy: py(crossing.y), r: 5, fill: ink.surface, stroke: ink.text, "stroke-width": 2 });
    if (spec.crossings.length <= 6 || index < 3 || index === spec.crossings.length - 1) {
      say(crossing.label, px(crossing.x), py(crossing.y), ink.text, 600, [-14, -30, 24, 40, -46, 56]);
    }
  });
  nameLines(spec, domain, plot, py, ink, say);
}

/** Names lines where their coloured part ends, as far as there is room; the legend has them all. */
function nameLines(spec: LineSpec, domain: Domain, plot: Plot, py: (y: number) => number, ink: Ink, say: (label: string, x: number, y: number, color: string, weight: number, rows: number[]) => void): void {
  const ends = new Map<string, { x: number; y: number; falls: boolean; color: string }>();
  for (const one of spec.series) {
    const visible = clip(one.points, domain.xMin, Math.min(one.capacityAt ?? domain.xMax, domain.xMax));
    const end = visible.at(-1);
    const known = ends.get(one.name);
    if (end && visible.length > 1 && !(known && known.x > end[0])) ends.set(one.name, { x: end[0], y: end[1], falls: (visible.at(-2)?.[1] ?? 0) > end[1], color: one.color });
  }
  if (ends.size < 2) return;
  for (const [name, end] of ends) {
    const x = plot.left + ((end.x - domain.xMin) / (domain.xMax - domain.xMin)) * plot.width;
    const label = shorten(name, plot.width * 0.4, 12, ink.font, 500);
    const half = textWidth(label, 12, ink.font, 500) / 2;
    say(label, x - half - 4, py(end.y), ink.textOf(end.color), 500, end.falls ? [20, -10, 36, -26] : [-10, 20, -26, 36]);
  }
}

function drawMarkers(
  layer: SVGGElement, one: LineSeries, index: number, count: number, domain: Domain, px: (x: number) => number, py: (y: number) => number, ink: Ink,
): void {
  const marks = 5;
  for (let k = 0; k < marks; k++) {
    const x = domain.xMin + (domain.xMax - domain.xMin) * ((k + (index + 0.5) / count) / marks);
    const y = valueAt(one.points, x);
    if (y !== null && domain.scale(y) >= domain.yMin && (y > 0 || domain.yMin <= 0)) marker(layer, one.marker, px(x), py(y), 4, ink.of(one.color), ink.surface);
  }
}

function drawBand(layer: SVGGElement, spec: LineSpec, px: (x: number) => number, domain: Domain, base: number, ink: Ink): void {
  const none = hatch(layer, ink.neutral);
  const top = base + 6;
  for (const winner of spec.winners) {
    const from = Math.max(winner.from, domain.xMin);
    const to = Math.min(winner.to, domain.xMax);
    if (to <= from) continue;
    const width = px(to) - px(from);
    const color = winner.name === null || winner.color === null ? none : ink.of(winner.color);
    draw(layer, "rect", { x: px(from), y: top, width: Math.max(1, width - 1), height: bandHeight, fill: color });
    const long = winner.name === null ? spec.words.noneServes : filled(spec.words.cheapestOf, winner.name);
    const label = textWidth(long, 12, ink.font) <= width - 4 ? long : (winner.name ?? spec.words.none);
    const short = shorten(label, width - 4, 12, ink.font);
    // Two letters and an ellipsis help nobody.
    if (short.length >= Math.min(label.length, 8)) {
      draw(layer, "text", {
        "font-family": ink.font, "font-size": 12, x: px(from) + width / 2, y: top + bandHeight + 14, "text-anchor": "middle",
        fill: winner.color === null ? ink.muted : ink.textOf(winner.color),
      }, short);
    }
  }
}
