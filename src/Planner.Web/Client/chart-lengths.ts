import { axisHeight, spread, type Cell, type Sheet } from "./chart-cells";
import type { LengthSpec } from "./chart-spec";
import { draw } from "./chart-svg";
import { filled } from "./chart-words";

const top = 22;
const foot = 26;

/** Lengths to mark on a logarithmic axis: powers of ten, and twice and five times them where they are few. */
function marksBetween(from: number, to: number): number[] {
  const steps = Math.log10(to / from) > 3.5 ? [1] : [1, 2, 5];
  const marks: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(from)); power <= to; power *= 10) {
    for (const step of steps) if (power * step >= from && power * step <= to) marks.push(power * step);
  }
  return marks;
}

/** A histogram over a logarithmic axis; what has no length at all stands left of it. */
export function drawLengths(sheet: Sheet, spec: LengthSpec): Cell[] {
  const { svg, ink, text, write } = sheet;
  const base = sheet.height - axisHeight - foot;
  const all = spec.bins.reduce((sum, bin) => sum + bin[2], 0);
  const most = Math.max(...spec.bins.map((bin) => bin[2]));
  const positive = spec.bins.filter((bin) => bin[0] > 0);
  const empty = spec.bins.find((bin) => bin[0] <= 0);
  const [from, to] = [positive[0]?.[0] ?? 1, positive.at(-1)?.[1] ?? 2];
  const left = 4 + (empty ? 34 : 0);
  const right = sheet.width - 4;
  const px = (length: number): number => left + (Math.log(Math.max(length, from) / from) / Math.log(to / from)) * (right - left);

  const tallest = filled(spec.words.tallest, write(most / all, "percent"), spec.of);
  draw(svg, "text", { ...text, x: sheet.width, y: 12, "text-anchor": "end" }, tallest);
  let end = empty ? left - 6 : -Infinity;
  for (const mark of positive.length > 0 ? marksBetween(from, to) : []) {
    draw(svg, "line", { x1: px(mark), x2: px(mark), y1: top, y2: base, stroke: ink.line });
    const label = write(mark, "count");
    const half = sheet.measure(label) / 2;
    const middle = Math.min(Math.max(px(mark), half), sheet.width - half);
    if (middle - half < end + 10) continue;
    end = middle + half;
    draw(svg, "text", { ...text, x: middle, y: base + foot + 17, "text-anchor": "middle" }, label);
  }
  if (empty) draw(svg, "text", { ...text, x: 16, y: base + foot + 17, "text-anchor": "middle" }, "0");
  draw(svg, "text", { ...text, x: (left + right) / 2, y: base + foot + 36, "text-anchor": "middle" }, spec.xTitle);

  let before = 0;
  const cells = spec.bins.map(([start, stop, count]): Cell => {
    const [x, wide] = start > 0 ? [px(start), Math.max(1, px(stop) - px(start))] : [4, 24];
    const height = (count / most) * (base - top - 4);
    draw(svg, "rect", { x, y: base - height, width: wide > 4 ? wide - 1 : wide, height, fill: ink.of(spec.color) });
    before += count;
    return {
      x, y: top, width: wide, height: base - top, title: start > 0 ? filled(spec.words.tokens, write(Math.ceil(start), "count"), write(Math.ceil(stop) - 1, "count")) : spec.words.noTokens,
      rows: [[spec.of, write(count, "count"), write(count / all, "percent")], [spec.words.upToHere, write(before / all, "percent")]],
    };
  });
  draw(svg, "line", { x1: 4, x2: right, y1: base, y2: base, stroke: ink.muted });

  const marks = spec.marks.map((mark) => ({ at: mark.at > 0 || !empty ? px(mark.at) : 16, label: `${mark.label} ${write(mark.at, "count")}` }));
  const starts = spread(marks.map(({ at, label }) => ({ middle: at, width: sheet.measure(label, 500) })), 0, sheet.width);
  marks.forEach(({ at, label }, k) => {
    draw(svg, "line", { x1: at, x2: at, y1: top, y2: base + 6, stroke: ink.text, "stroke-dasharray": k === 0 ? "none" : "2 3" });
    draw(svg, "text", { ...text, x: starts[k] ?? 0, y: base + 19, fill: ink.text, "font-weight": 500 }, label);
  });
  return cells;
}
