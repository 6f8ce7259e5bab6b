import { axisHeight, marksOf, type Cell, type Sheet } from "./chart-cells";
import type { HistorySpec } from "./chart-spec";
import { draw, marker, monthStep, shorten } from "./chart-svg";
import { filled } from "./chart-words";

const top = 26;
const day = 86_400_000;

export const date = (days: number): Date => new Date(days * day);
export const iso = (days: number): string => date(days).toISOString().slice(0, 10);

/** Days to mark: single ones of a short stretch, firsts of months of a long one. */
export function daysOf(first: number, last: number, parts: number): { at: number[]; month: boolean } {
  const span = last - first;
  if (span <= 70) {
    const step = [1, 2, 5, 7, 14, 28].find((one) => span / one <= parts) ?? 28;
    return { at: Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => first + i * step), month: false };
  }
  const step = monthStep(span / 30.4, parts);
  const at: number[] = [];
  const from = date(first);
  for (let month = Math.ceil((from.getUTCFullYear() * 12 + from.getUTCMonth()) / step) * step; ; month += step) {
    const mark = Date.UTC(Math.floor(month / 12), month % 12, 1) / day;
    if (mark > last) return { at, month: true };
    if (mark >= first) at.push(mark);
  }
}

/** Prices as steps, each source named where its line ends. */
export function drawHistory(sheet: Sheet, spec: HistorySpec): Cell[] {
  const { svg, ink, text, write } = sheet;
  const base = sheet.height - axisHeight;
  const steps = spec.tracks.flatMap((track) => track.steps);
  const highest = Math.max(...steps.map((step) => step[2])) * 1.12 || 1;
  const marks = marksOf(0, highest, (base - top) * 2);
  const y = (price: number): number => base - (price / highest) * (base - top);
  const room = Math.min(sheet.width * 0.28, Math.max(...spec.tracks.map((track) => sheet.measure(track.name, 500))) + 12);
  const left = Math.ceil(Math.max(24, ...marks.map((mark) => sheet.measure(write(mark, spec.yUnit)))) + 10);
  const right = sheet.width - room - 4;
  const days = steps.flatMap((step) => [step[0], step[1]]);
  const [first, last] = [Math.min(...days), Math.max(spec.today, ...days)];
  const [from, to] = first === last ? [first - 1, last + 1] : [first, last];
  const x = (at: number): number => left + ((at - from) / (to - from)) * (right - left);

  draw(svg, "text", { ...text, x: 0, y: 12 }, shorten(spec.yTitle, sheet.width, 12, ink.font));
  for (const mark of marks) {
    draw(svg, "line", { x1: left, x2: right, y1: y(mark), y2: y(mark), stroke: mark === 0 ? ink.muted : ink.line });
    draw(svg, "text", { ...text, x: left - 8, y: y(mark) + 4, "text-anchor": "end" }, write(mark, spec.yUnit));
  }
  const { at, month } = daysOf(from, to, Math.max(2, Math.floor((right - left) / 80)));
  const words = new Intl.DateTimeFormat(spec.culture || "en-US", month ? { month: "short", year: "2-digit", timeZone: "UTC" } : { day: "numeric", month: "short", timeZone: "UTC" });
  let end = -Infinity;
  for (const mark of at) {
    draw(svg, "line", { x1: x(mark), x2: x(mark), y1: base, y2: base + 4, stroke: ink.muted });
    const label = words.format(date(mark));
    const half = sheet.measure(label) / 2;
    if (x(mark) - half < end + 10) continue;
    end = x(mark) + half;
    draw(svg, "text", { ...text, x: x(mark), y: base + 18, "text-anchor": "middle" }, label);
  }
  if (last > spec.today) {
    draw(svg, "line", { x1: x(spec.today), x2: x(spec.today), y1: top, y2: base, stroke: ink.muted, "stroke-dasharray": "2 3" });
    draw(svg, "text", { ...text, x: x(spec.today), y: base + 34, "text-anchor": "middle" }, spec.words.today);
  }

  const cells: Cell[] = [];
  for (const track of [...spec.tracks].reverse()) {
    const color = ink.of(track.color);
    let path = "";
    let before: [number, number, number] | null = null;
    for (const step of track.steps) {
      path += before?.[1] === step[0] ? `V${y(step[2])}H${x(step[1])}` : `M${x(step[0])} ${y(step[2])}H${x(step[1])}`;
      before = step;
      const [start, width] = [x(step[0]) - 7, Math.max(14, x(step[1]) - x(step[0]) + 14)];
      cells.push({
        x: start, y: y(step[2]) - 9, width, height: 18, title: step[0] === step[1] ? iso(step[0]) : filled(spec.words.span, iso(step[0]), iso(step[1])),
        rows: [[track.name, write(step[2], spec.yUnit)]],
      });
    }
    draw(svg, "path", { d: path, fill: "none", stroke: color, "stroke-width": track.marker === "none" ? 2.5 : 2, "stroke-dasharray": track.dash === 0 ? "none" : `${track.dash} ${track.dash}` });
    // A price of a single day has no line to be seen by.
    for (const step of track.steps) marker(svg, track.marker === "none" && step[0] === step[1] ? "circle" : track.marker, x(step[0]), y(step[2]), 4.5, color, ink.surface);
  }

  // Names stand at the ends of their lines; they move apart, never away from their order.
  const names = spec.tracks.flatMap((track) => {
    const stop = track.steps[track.steps.length - 1];
    return stop ? [{ track, x: Math.min(x(stop[1]) + 8, right + 8), y: y(stop[2]) + 4 }] : [];
  }).sort((one, other) => one.y - other.y);
  let floor = -Infinity;
  for (const name of names) {
    floor = Math.max(name.y, floor + 14);
    draw(svg, "text", { ...text, x: name.x, y: floor, fill: ink.textOf(name.track.color), "font-weight": 500 }, shorten(name.track.name, sheet.width - name.x, 12, ink.font, 500));
  }
  return cells.reverse();
}
