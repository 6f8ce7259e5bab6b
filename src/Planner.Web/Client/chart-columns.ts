import { axisHeight, marksOf, type Cell, type Sheet } from "./chart-cells";
import { date, daysOf, iso } from "./chart-history";
import type { ColumnSpec } from "./chart-spec";
import { draw, shorten } from "./chart-svg";
import { filled } from "./chart-words";

const top = 26;
const mostRows = 8;

/** Columns over days, each stacked by group. */
export function drawColumns(sheet: Sheet, spec: ColumnSpec): Cell[] {
  const { svg, ink, text, write } = sheet;
  const base = sheet.height - axisHeight + 16;
  const totals = spec.values.map((column) => column.reduce((sum, value) => sum + value, 0));
  const highest = Math.max(...totals) * 1.05 || 1;
  const marks = marksOf(0, highest, (base - top) * 2);
  const y = (value: number): number => base - (value / highest) * (base - top);
  const left = Math.ceil(Math.max(24, ...marks.map((mark) => sheet.measure(write(mark, spec.unit)))) + 10);
  const right = sheet.width - 4;
  const wide = (right - left) / spec.values.length;

  draw(svg, "text", { ...text, x: 0, y: 12 }, shorten(spec.yTitle, sheet.width, 12, ink.font));
  for (const mark of marks) {
    draw(svg, "line", { x1: left, x2: right, y1: y(mark), y2: y(mark), stroke: mark === 0 ? ink.muted : ink.line });
    draw(svg, "text", { ...text, x: left - 8, y: y(mark) + 4, "text-anchor": "end" }, write(mark, spec.unit));
  }
  const last = spec.first + spec.values.length * spec.step - 1;
  const { at, month } = daysOf(spec.first, last, Math.max(2, Math.floor((right - left) / 80)));
  const words = new Intl.DateTimeFormat(spec.culture || "en-US", month ? { month: "short", year: "2-digit", timeZone: "UTC" } : { day: "numeric", month: "short", timeZone: "UTC" });
  let end = -Infinity;
  for (const mark of at) {
    // A day's name stands below the middle of its column.
    const x = left + ((mark - spec.first + (month ? 0 : 0.5)) / spec.step) * wide;
    const label = words.format(date(mark));
    const half = sheet.measure(label) / 2;
    const middle = Math.min(Math.max(x, half), sheet.width - half);
    if (middle - half < end + 10) continue;
    end = middle + half;
    draw(svg, "line", { x1: x, x2: x, y1: base, y2: base + 4, stroke: ink.muted });
    draw(svg, "text", { ...text, x: middle, y: base + 18, "text-anchor": "middle" }, label);
  }

  const gap = wide > 4 ? 1 : 0;
  return spec.values.map((column, c): Cell => {
    const x = left + c * wide;
    let below = 0;
    column.forEach((value, g) => {
      if (value <= 0) return;
      draw(svg, "rect", { x, y: y(below + value), width: Math.max(0.5, wide - gap), height: y(below) - y(below + value), fill: ink.of(spec.groups[g]?.color ?? "") });
      below += value;
    });
    const from = spec.first + c * spec.step;
    const parts = column.map((value, g): [string, string] => [spec.groups[g]?.name ?? "", write(value, spec.unit)]).filter((_, g) => (column[g] ?? 0) > 0).reverse();
    return {
      x, y: top, width: wide, height: base - top, title: spec.step === 1 ? iso(from) : filled(spec.words.span, iso(from), iso(from + spec.step - 1)),
      rows: [...parts.slice(0, mostRows), [spec.words.inAll, write(below, spec.unit)]],
    };
  });
}
