// What the charts share that ApexCharts has no kind for: a sheet to draw on, a value axis, names of rows and shades.
import type { AxisUnit, Spec } from "./chart-spec";
import { draw, niceStep, shorten, textWidth, writer, type Attributes, type Box, type Ink } from "./chart-svg";

/** Mirrors ChartSizes.Narrow. */
export const narrowBelow = 560;
export const axisHeight = 44;

/** A part of a chart that is read by itself: a heading and rows of name, value and remark. */
export interface Cell extends Box {
  title: string;
  rows: [name: string, value: string, remark?: string][];
  /** What is handed back where the part is clicked; nothing where it is only read. */
  pick?: number;
}

export interface Sheet {
  svg: SVGSVGElement;
  width: number;
  height: number;
  narrow: boolean;
  ink: Ink;
  /** Attributes of plain text; its edge keeps grid lines off the letters. */
  text: Attributes;
  write(value: number, unit: AxisUnit): string;
  measure(text: string, weight?: number): number;
}

export function sheetOf(host: HTMLElement, spec: Spec, width: number, ink: Ink): Sheet {
  host.querySelectorAll(":scope > svg").forEach((old) => old.remove());
  const height = host.clientHeight || spec.height;
  const svg = draw(host, "svg", { class: "planner-drawing", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  host.prepend(svg);
  return {
    svg, width, height, ink, narrow: width < narrowBelow,
    text: { "font-family": ink.font, "font-size": 12, fill: ink.muted, stroke: ink.surface, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" },
    write: writer(spec), measure: (text, weight = 400) => textWidth(text, 12, ink.font, weight),
  };
}

export interface Axis {
  min: number;
  max: number;
  left: number;
  right: number;
  top: number;
  unit: AxisUnit;
  title: string;
}

/** Round marks of a linear axis: at least three of them, one a hundred pixels or so. */
export function marksOf(min: number, max: number, length: number): number[] {
  let marks: number[] = [];
  for (let parts = Math.max(3, Math.floor(length / 96)); marks.length < 3 && parts < 24; parts++) {
    const step = niceStep(max - min || 1, parts);
    const first = Math.ceil(min / step - 1e-9);
    // Adding 0 turns a negative zero into zero.
    marks = Array.from({ length: Math.floor(max / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step + 0);
  }
  return marks;
}

/** Writes figures below an axis, leaving out those that would touch the one before. */
export function writeMarks(sheet: Sheet, marks: number[], unit: AxisUnit, px: (value: number) => number, y: number): void {
  let end = -Infinity;
  for (const mark of marks) {
    const label = sheet.write(mark, unit);
    const half = sheet.measure(label) / 2;
    const middle = Math.min(Math.max(px(mark), half), sheet.width - half);
    if (middle - half < end + 10) continue;
    end = middle + half;
    draw(sheet.svg, "text", { ...sheet.text, x: middle, y, "text-anchor": "middle" }, label);
  }
}

/** Draws a value axis along the bottom with its grid lines, and gives where values lie on it. */
export function valueAxis(sheet: Sheet, axis: Axis): (value: number) => number {
  const { svg, ink, text } = sheet;
  const { min, max, left, right } = axis;
  const px = (value: number) => left + ((value - min) / (max - min)) * (right - left);
  const base = sheet.height - axisHeight;
  const marks = marksOf(min, max, right - left);
  for (const mark of marks) {
    draw(svg, "line", { x1: px(mark), x2: px(mark), y1: axis.top, y2: base, stroke: mark === 0 ? ink.muted : ink.line });
  }
  writeMarks(sheet, marks, axis.unit, px, base + 17);
  draw(svg, "text", { ...text, x: (left + right) / 2, y: base + 36, "text-anchor": "middle" }, axis.title);
  return px;
}

/** Width of the names beside rows; none on a narrow sheet, where each name stands above its row. */
export const nameWidth = (sheet: Sheet, names: string[]): number =>
  sheet.narrow ? 0 : Math.min(Math.max(...names.map((name) => sheet.measure(name))) + 16, sheet.width * 0.32, 260);

/** Writes a row's name and gives the middle of what the row leaves for its bar. */
export function nameRow(sheet: Sheet, name: string, width: number, top: number, height: number, weight = 400): number {
  const { svg, ink, text } = sheet;
  const long = sheet.narrow ? sheet.width - 8 : width - 12;
  const y = sheet.narrow ? top + 14 : top + height / 2 + 4;
  // A little in, clear of an axis at the left edge.
  draw(svg, "text", { ...text, x: sheet.narrow ? 8 : 0, y, fill: ink.text, "font-weight": weight }, shorten(name, long, 12, ink.font, weight));
  return sheet.narrow ? top + 14 + (height - 14) / 2 : top + height / 2;
}

/** Starts of labels in a row: the middle one stays where it belongs, the others move out of its way, and all stay between two edges. */
export function spread(labels: { middle: number; width: number }[], left: number, right: number, gap = 8): number[] {
  const starts = labels.map((label) => label.middle - label.width / 2);
  const after = (i: number, edge: number) => (i === 0 ? edge : (starts[i - 1] ?? 0) + (labels[i - 1]?.width ?? 0) + gap);
  const before = (i: number, edge: number) => (i === labels.length - 1 ? edge : (starts[i + 1] ?? 0) - gap) - (labels[i]?.width ?? 0);
  const centre = Math.floor(labels.length / 2);
  for (let i = centre - 1; i >= 0; i--) starts[i] = Math.min(starts[i] ?? 0, before(i, right));
  for (let i = centre + 1; i < labels.length; i++) starts[i] = Math.max(starts[i] ?? 0, after(i, left));
  for (let i = labels.length - 1; i >= 0; i--) starts[i] = Math.min(starts[i] ?? 0, before(i, right));
  for (let i = 0; i < labels.length; i++) starts[i] = Math.max(starts[i] ?? 0, after(i, left));
  return starts;
}

const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);

/** A colour between two; share 1 is the second. */
export function mix(from: string, to: string, share: number): string {
  const other = channels(to);
  return `rgb(${channels(from).map((value, i) => Math.round(value + ((other[i] ?? 0) - value) * share)).join(", ")})`;
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Black or white, whichever reads better on a colour: at least 4.5:1 on any. */
export const legibleOn = (color: string): string => (luminance(color) > 0.179 ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)");
