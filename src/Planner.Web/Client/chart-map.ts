import { axisHeight, marksOf, writeMarks, type Cell, type Sheet } from "./chart-cells";
import { logMarks } from "./chart-lines";
import type { MapAxis, MapSpec } from "./chart-spec";
import { draw, hatch, overlaps, shorten, textWidth, type Box } from "./chart-svg";
import { filled } from "./chart-words";

const top = 26;

interface Scale {
  at(value: number): number;
  /** Where the cell of each value begins and, last, where the last one ends. */
  edges: number[];
  marks: number[];
}

/** Cells meet half way between their values, at whole pixels so that no seam shows; the outer ones end at their value. */
function scaleOf(axis: MapAxis, from: number, to: number, length: number): Scale {
  const along = (value: number) => (axis.logarithmic ? Math.log10(value) : value);
  const first = along(axis.values[0] ?? 0);
  const last = along(axis.values.at(-1) ?? 1);
  const at = (value: number) => from + ((along(value) - first) / (last - first || 1)) * (to - from);
  const places = axis.values.map(at);
  const edges = [from, ...places.slice(1).map((place, i) => Math.round(((places[i] ?? place) + place) / 2)), to];
  const [low, high] = [axis.values[0] ?? 0, axis.values.at(-1) ?? 1];
  const marks = axis.logarithmic ? logMarks(low, high) : marksOf(low, high, length);
  const edge = Math.max(Math.abs(low), Math.abs(high)) * 1e-9;
  return { at, edges, marks: marks.filter((mark) => mark >= low - edge && mark <= high + edge) };
}

export function drawMap(sheet: Sheet, spec: MapSpec): Cell[] {
  const { svg, ink, text, width, write } = sheet;
  const base = Math.round(sheet.height - axisHeight);
  const y = scaleOf(spec.y, base, top, 500);
  const left = Math.ceil(Math.max(24, ...y.marks.map((mark) => sheet.measure(write(mark, spec.y.unit)))) + 10);
  const right = Math.floor(width - 10);
  const x = scaleOf(spec.x, left, right, right - left);
  const columns = spec.x.values.length;

  const none = hatch(svg, ink.neutral);
  const cells: Cell[] = [];
  for (let j = 0; j < spec.y.values.length; j++) {
    const [low, high] = [y.edges[j] ?? base, y.edges[j + 1] ?? top];
    let begin = 0;
    for (let i = 0; i < columns; i++) {
      const winner = spec.cells[j * columns + i] ?? -1;
      const name = spec.options[winner]?.name;
      cells.push({
        x: x.edges[i] ?? left, y: high, width: (x.edges[i + 1] ?? right) - (x.edges[i] ?? left), height: low - high,
        title: name === undefined ? spec.words.noneServes : filled(spec.words.cheapestOf, name),
        rows: [[spec.x.title, write(spec.x.values[i] ?? 0, spec.x.unit)], [spec.y.title, write(spec.y.values[j] ?? 0, spec.y.unit)]],
      });
      // Neighbours with one winner are one rectangle: no seams, and fewer shapes by far.
      if (i + 1 < columns && spec.cells[j * columns + i + 1] === winner) continue;
      const option = spec.options[winner];
      const from = x.edges[begin] ?? left;
      draw(svg, "rect", { x: from, y: high, width: (x.edges[i + 1] ?? right) - from, height: low - high, fill: option ? ink.of(option.color) : none });
      begin = i + 1;
    }
  }
  drawBorders(sheet, spec, x, y);
  drawAxes(sheet, spec, x, y, left, right, base);

  const taken: Box[] = [];
  const say = (label: string, middle: number, line: number, weight: number): void => {
    const wide = textWidth(label, 12, ink.font, weight) + 12;
    const box = { x: Math.min(Math.max(middle - wide / 2, left + 2), right - wide - 2), y: Math.min(Math.max(line - 10, top + 2), base - 22), width: wide, height: 20 };
    if (taken.some((other) => overlaps(other, box))) return;
    taken.push(box);
    draw(svg, "rect", { ...box, rx: 4, fill: ink.surface });
    draw(svg, "text", { ...text, x: box.x + wide / 2, y: box.y + 14, "text-anchor": "middle", fill: ink.text, stroke: "none", "font-weight": weight }, label);
  };
  if (spec.here) {
    const at = { x: x.at(spec.here.x), y: y.at(spec.here.y) };
    if (at.x >= left - 1 && at.x <= right + 1 && at.y >= top - 1 && at.y <= base + 1) {
      draw(svg, "circle", { cx: at.x, cy: at.y, r: 7, fill: ink.surface, stroke: ink.text, "stroke-width": 2.5 });
      draw(svg, "circle", { cx: at.x, cy: at.y, r: 2.5, fill: ink.text });
      taken.push({ x: at.x - 9, y: at.y - 9, width: 18, height: 18 });
      say(spec.here.label, at.x, at.y + (at.y - 34 > top ? -24 : 24), 600);
    }
  }
  for (let winner = -1; winner < spec.options.length; winner++) {
    const name = winner < 0 ? spec.words.none : (spec.options[winner]?.name ?? "");
    const spot = roomiest(spec, cells, winner, taken);
    if (spot && spot.room * 2 >= Math.min(sheet.measure(name) * 0.5, 40)) say(name, spot.x, spot.y, 500);
  }
  return cells;
}

/** Lines between different winners, so that regions are told apart without colour. */
function drawBorders(sheet: Sheet, spec: MapSpec, x: Scale, y: Scale): void {
  const columns = spec.x.values.length;
  let path = "";
  spec.cells.forEach((winner, k) => {
    const [i, j] = [k % columns, Math.floor(k / columns)];
    if (i + 1 < columns && spec.cells[k + 1] !== winner) path += `M${x.edges[i + 1]} ${y.edges[j]}V${y.edges[j + 1]}`;
    if (k + columns < spec.cells.length && spec.cells[k + columns] !== winner) path += `M${x.edges[i]} ${y.edges[j + 1]}H${x.edges[i + 1]}`;
  });
  draw(sheet.svg, "path", { d: path || "M0 0", fill: "none", stroke: sheet.ink.surface, "stroke-width": 2, "stroke-linecap": "square" });
}

function drawAxes(sheet: Sheet, spec: MapSpec, x: Scale, y: Scale, left: number, right: number, base: number): void {
  const { svg, ink, text, write } = sheet;
  draw(svg, "text", { ...text, x: 0, y: 12 }, shorten(spec.y.title, right, 12, ink.font));
  draw(svg, "text", { ...text, x: (left + right) / 2, y: base + 38, "text-anchor": "middle" }, shorten(spec.x.title, right - left, 12, ink.font));
  let free = Infinity;
  for (const mark of y.marks) {
    draw(svg, "line", { x1: left - 4, x2: left, y1: y.at(mark), y2: y.at(mark), stroke: ink.muted });
    if (free - y.at(mark) < 16) continue;
    free = y.at(mark);
    draw(svg, "text", { ...text, x: left - 8, y: free + 4, "text-anchor": "end" }, write(mark, spec.y.unit));
  }
  for (const mark of x.marks) draw(svg, "line", { x1: x.at(mark), x2: x.at(mark), y1: base, y2: base + 4, stroke: ink.muted });
  writeMarks(sheet, x.marks, spec.x.unit, x.at, base + 19);
}

/** The spot inside a winner's region that is furthest from its border and from what is already written. */
function roomiest(spec: MapSpec, cells: Cell[], winner: number, taken: Box[]): { x: number; y: number; room: number } | null {
  const columns = spec.x.values.length;
  const runs: { from: number; to: number; middle: number }[] = [];
  let best: { x: number; y: number; room: number } | null = null;
  for (let j = 0; j * columns < cells.length; j++) {
    for (let i = 0; i < columns; i++) {
      if (spec.cells[j * columns + i] !== winner) continue;
      let last = i;
      while (last + 1 < columns && spec.cells[j * columns + last + 1] === winner) last++;
      const [from, to] = [cells[j * columns + i], cells[j * columns + last]];
      if (from && to) runs.push({ from: from.x, to: to.x + to.width, middle: from.y + from.height / 2 });
      i = last;
    }
  }
  const ceiling = Math.min(...cells.map((cell) => cell.y));
  const floor = Math.max(...cells.map((cell) => cell.y + cell.height));
  for (const run of runs) {
    const x = (run.from + run.to) / 2;
    const near = cells.filter((cell, k) => x >= cell.x && x < cell.x + cell.width && spec.cells[k] !== winner);
    const border = Math.min(...near.map((cell) => Math.max(cell.y - run.middle, run.middle - cell.y - cell.height)), run.middle - ceiling, floor - run.middle);
    const room = Math.min((run.to - run.from) / 2, border * 2);
    const free = !taken.some((box) => overlaps(box, { x: x - 30, y: run.middle - 12, width: 60, height: 24 }));
    if (free && room > (best?.room ?? 0)) best = { x, y: run.middle, room };
  }
  return best;
}
