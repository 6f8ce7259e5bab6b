// Drawing on top of what ApexCharts drew: its annotations neither avoid each other nor know bands, hatching and totals.
import type { AxisUnit, Marker, Spec } from "./chart-spec";
import { filled } from "./chart-words";

const namespace = "http://www.w3.org/2000/svg";

export type Attributes = Record<string, string | number>;

export function draw<K extends keyof SVGElementTagNameMap>(parent: Element, name: K, attributes: Attributes, text?: string): SVGElementTagNameMap[K] {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

export interface Ink {
  text: string;
  muted: string;
  line: string;
  surface: string;
  neutral: string;
  font: string;
  of(color: string): string;
  textOf(color: string): string;
}

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const known = new Map<string, string>();

/** Reads the tokens where the chart stands, so that a container with a colour scheme of its own gets its own colours. */
export function inkOf(element: HTMLElement): Ink {
  const style = getComputedStyle(element);
  const scheme = `${style.colorScheme} ${systemDark.matches}`;
  // Asking the browser for a colour makes it restyle the page: once per colour and theme is enough.
  const of = (color: string): string => {
    const key = `${scheme} ${color}`;
    let found = known.get(key);
    if (found === undefined) {
      const probe = document.createElement("span");
      probe.hidden = true;
      probe.style.color = color;
      element.append(probe);
      found = getComputedStyle(probe).color;
      probe.remove();
      known.set(key, found);
    }
    return found;
  };
  const textOf = (color: string): string => of(color.replace(/^var\((--series-[a-z]+)\)$/, "var($1-text)"));
  return {
    text: of("var(--pl-text)"), muted: of("var(--pl-muted)"), line: of("var(--pl-line)"), surface: of("var(--pl-surface)"),
    neutral: of("var(--series-neutral)"), font: style.fontFamily, of, textOf,
  };
}

export interface Plot {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where ApexCharts put the plot area, in pixels of its SVG. */
export function plotOf(chart: unknown): Plot {
  const globals = (chart as { w: { globals: { translateX: number; translateY: number; gridWidth: number; gridHeight: number } } }).w.globals;
  return { left: globals.translateX, top: globals.translateY, width: globals.gridWidth, height: globals.gridHeight };
}

/** A layer in front of what ApexCharts drew and one behind it, both fresh. */
export function layers(host: HTMLElement): { front: SVGGElement; back: SVGGElement } | null {
  const svg = host.querySelector("svg.apexcharts-svg");
  if (!svg) return null;
  svg.querySelectorAll(":scope > .planner-layer").forEach((old) => old.remove());
  const back = draw(svg, "g", { class: "planner-layer" });
  svg.prepend(back);
  return { front: draw(svg, "g", { class: "planner-layer", "pointer-events": "none" }), back };
}

export function marker(parent: Element, shape: Marker, x: number, y: number, size: number, color: string, edge: string): void {
  if (shape === "none") return;
  const attributes = { fill: color, stroke: edge, "stroke-width": 1.5 };
  const polygon = (points: [number, number][]) =>
    draw(parent, "polygon", { ...attributes, points: points.map(([dx, dy]) => `${x + dx * size},${y + dy * size}`).join(" ") });
  if (shape === "square") draw(parent, "rect", { ...attributes, x: x - size * 0.9, y: y - size * 0.9, width: size * 1.8, height: size * 1.8 });
  else if (shape === "triangle") polygon([[0, -1.2], [1.1, 0.9], [-1.1, 0.9]]);
  else if (shape === "diamond") polygon([[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]]);
  else draw(parent, "circle", { ...attributes, cx: x, cy: y, r: size });
}

let patterns = 0;

/** A hatching: a fill that is told apart without colour. */
export function hatch(parent: Element, color: string): string {
  const id = `planner-hatch-${++patterns}`;
  const pattern = draw(draw(parent, "defs", {}), "pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  draw(pattern, "rect", { width: 2, height: 6, fill: color });
  return `url(#${id})`;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const canvas = document.createElement("canvas").getContext("2d");

export function textWidth(text: string, size: number, font: string, weight = 400): number {
  if (!canvas) return text.length * size * 0.6;
  canvas.font = `${weight} ${size}px ${font}`;
  return canvas.measureText(text).width;
}

/** Cut in the middle: names of options begin alike and differ at their ends. */
export function shorten(text: string, width: number, size: number, font: string, weight = 400): string {
  if (textWidth(text, size, font, weight) <= width) return text;
  const cut = (kept: number): string => `${text.slice(0, Math.ceil(kept / 2)).trimEnd()}…${text.slice(text.length - Math.floor(kept / 2)).trimStart()}`;
  let kept = text.length - 1;
  while (kept > 1 && textWidth(cut(kept), size, font, weight) > width) kept--;
  return cut(kept);
}

export function niceStep(span: number, parts: number): number {
  const raw = span / Math.max(1, parts);
  const power = 10 ** Math.floor(Math.log10(raw));
  const share = raw / power;
  return (share <= 1 ? 1 : share <= 2 ? 2 : share <= 2.5 ? 2.5 : share <= 5 ? 5 : 10) * power;
}

/** Whole months between marks, in steps that years divide into. */
export function monthStep(span: number, parts: number): number {
  const least = span / Math.max(1, parts);
  return [1, 2, 3, 6, 12, 24, 36, 60].find((step) => step >= least) ?? 120;
}

/** Mirrors Format.cs. Months are counted from a start; a part of a month counts to the month it lies in. */
export function writer(spec: Spec): (value: number, unit: AxisUnit) => string {
  const { culture, amounts = "${0}", words: { scales } } = spec;
  const start = spec.kind === "lines" ? spec.start : null;
  const number = (value: number, most: number, least = 0) =>
    new Intl.NumberFormat(culture || "en-US", { maximumFractionDigits: most, minimumFractionDigits: least }).format(value);
  const count = (size: number): string => {
    for (const [by, unit] of [[1e12, scales[0]], [1e9, scales[1]], [1e6, scales[2]]] as const) if (size >= by * 0.999995) return `${number(size / by, 2)} ${unit}`;
    return number(size, size >= 1000 ? 0 : size >= 1 ? 2 : 4);
  };
  const rate = (size: number): string => number(size, size > 0 && size < 1 ? Math.min(18, 2 - Math.floor(Math.log10(size))) : 3, 2);
  const month = (since: number): string => {
    const first = new Date(`${start}T00:00:00Z`);
    const day = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + Math.floor(since), 1));
    return new Intl.DateTimeFormat(culture || "en-US", { month: "short", year: "2-digit", timeZone: "UTC" }).format(day);
  };
  return (value, unit) => {
    if (unit === "month" && start !== null) return month(value);
    const size = Math.abs(value);
    const sign = value < 0 ? "−" : "";
    if (unit === "percent") return `${sign}${number(size * 100, size * 100 < 9.95 ? 1 : 0)} %`;
    if (unit === "count" || unit === "month") return sign + count(size);
    if (unit === "rate") return sign + filled(amounts, rate(size));
    if (size === 0) return filled(amounts, "0");
    return sign + filled(amounts, size >= 1e6 ? count(size) : size >= 1000 ? number(size, 0) : size < 0.01 ? rate(size) : number(size, 2, Number.isInteger(size) ? 0 : 2));
  };
}
