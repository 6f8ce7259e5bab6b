import { axisHeight, marksOf, writeMarks, type Cell, type Sheet } from "./chart-cells";
import { logMarks } from "./chart-lines";
import type { FrontierAxis, FrontierSpec } from "./chart-spec";
import { draw, marker, overlaps, shorten, type Box } from "./chart-svg";

const top = 26;
const reach = 14;

interface Scale {
  at(value: number): number;
  marks: number[];
}

/** A scale with some room beyond the outermost values, since no bar stands on its zero. */
function scaleOf(axis: FrontierAxis, values: number[], from: number, to: number): Scale {
  const along = (value: number) => (axis.logarithmic ? Math.log10(value) : value);
  const [low, high] = [along(Math.min(...values)), along(Math.max(...values))];
  const slack = (high - low) * 0.08 || (axis.logarithmic ? 0.1 : Math.abs(high) * 0.1 || 1);
  const [first, last] = [axis.logarithmic ? low - slack : Math.max(0, low - slack), high + slack];
  const at = (value: number) => from + ((along(value) - first) / (last - first)) * (to - from);
  const marks = axis.logarithmic ? logMarks(10 ** first, 10 ** last) : marksOf(first, last, Math.abs(to - from));
  return { at, marks: marks.filter((mark) => along(mark) >= first && along(mark) <= last) };
}

/** Points of rising x than which none is better in both; between two of them the better known y holds, so that the line is a staircase. */
export function drawFrontier(sheet: Sheet, spec: FrontierSpec): Cell[] {
  const { svg, ink, text, write } = sheet;
  const base = sheet.height - axisHeight;
  const y = scaleOf(spec.y, spec.points.map((point) => point.y), base, top);
  const left = Math.ceil(Math.max(24, ...y.marks.map((mark) => sheet.measure(write(mark, spec.y.unit)))) + 10);
  const right = sheet.width - 10;
  const x = scaleOf(spec.x, spec.points.map((point) => point.x), left, right);
  draw(svg, "text", { ...text, x: 0, y: 12 }, shorten(spec.y.title, right, 12, ink.font));
  draw(svg, "text", { ...text, x: (left + right) / 2, y: base + 36, "text-anchor": "middle" }, shorten(spec.x.title, right - left, 12, ink.font));
  let free = Infinity;
  for (const mark of y.marks) {
    const at = y.at(mark);
    draw(svg, "line", { x1: left, x2: right, y1: at, y2: at, stroke: ink.line });
    if (free - at < 16) continue;
    free = at;
    draw(svg, "text", { ...text, x: left - 8, y: at + 4, "text-anchor": "end" }, write(mark, spec.y.unit));
  }
  for (const mark of x.marks) draw(svg, "line", { x1: x.at(mark), x2: x.at(mark), y1: top, y2: base, stroke: ink.line });
  draw(svg, "line", { x1: left, x2: right, y1: base, y2: base, stroke: ink.muted });
  writeMarks(sheet, x.marks, spec.x.unit, x.at, base + 17);

  const places = spec.points.map((point) => ({ x: x.at(point.x), y: y.at(point.y) }));
  const path = places.map((place, i) => (i === 0 ? `M${place.x} ${place.y}` : `H${place.x}V${place.y}`)).join("");
  draw(svg, "path", { d: `${path}H${right}`, fill: "none", stroke: ink.muted, "stroke-width": 1.5 });
  const taken: Box[] = places.map((place) => ({ x: place.x - 7, y: place.y - 7, width: 14, height: 14 }));
  spec.points.forEach((point, i) => marker(svg, point.marker, places[i]?.x ?? 0, places[i]?.y ?? 0, 5.5, ink.of(point.color), ink.surface));

  // The ends say most; what then still has room is named too.
  const order = [...new Set([0, spec.points.length - 1, ...spec.points.keys()])];
  for (const i of order) {
    const [point, place] = [spec.points[i], places[i]];
    if (!point || !place) continue;
    const label = shorten(point.label, Math.min(220, (right - left) * 0.55), 12, ink.font, 500);
    const width = sheet.measure(label, 500);
    const spots = [[place.x + 10, place.y - 10], [place.x + 10, place.y + 16], [place.x - 10 - width, place.y + 16], [place.x - 10 - width, place.y - 10]] as const;
    for (const [at, line] of spots) {
      const box = { x: at, y: line - 11, width, height: 15 };
      if (box.x < left || box.x + width > right || box.y < top - 8 || box.y + 15 > base || taken.some((other) => overlaps(other, box))) continue;
      taken.push(box);
      draw(svg, "text", { ...text, x: at, y: line, fill: ink.textOf(point.color), "font-weight": 500 }, label);
      break;
    }
  }

  return spec.points.map((point, i): Cell => ({
    x: (places[i]?.x ?? 0) - reach, y: (places[i]?.y ?? 0) - reach, width: 2 * reach, height: 2 * reach, pick: i, title: point.name,
    rows: [[spec.y.title, write(point.y, spec.y.unit)], [spec.x.title, write(point.x, spec.x.unit)]],
  }));
}
