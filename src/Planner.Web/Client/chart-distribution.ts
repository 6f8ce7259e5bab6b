import { axisHeight, spread, valueAxis, type Cell, type Sheet } from "./chart-cells";
import type { DistributionSpec } from "./chart-spec";
import { draw, shorten } from "./chart-svg";
import { filled } from "./chart-words";

// Per option: its name, the bars, then the range from P10 to P90 with its figures.
const head = 24;
const foot = 44;

type Option = DistributionSpec["options"][number];

export function drawDistribution(sheet: Sheet, spec: DistributionSpec): Cell[] {
  const { width } = sheet;
  const edges = spec.options.flatMap((option) => [...option.edges, option.p10, option.p90]);
  const min = Math.min(...edges);
  const max = Math.max(...edges);
  const slack = max > min ? 0 : Math.abs(max) * 0.1 || 1;
  const px = valueAxis(sheet, { min: min - slack, max: max + slack, left: 4, right: width - 4, top: 4, unit: spec.xUnit, title: spec.xTitle });
  const block = (sheet.height - axisHeight) / spec.options.length;
  return spec.options.flatMap((option, i) => drawOption(sheet, spec, option, block * i, block, px));
}

function drawOption(sheet: Sheet, spec: DistributionSpec, option: Option, top: number, block: number, px: (value: number) => number): Cell[] {
  const { svg, ink, text, width, write } = sheet;
  const all = option.counts.reduce((sum, count) => sum + count, 0);
  // The area of a bar is its share of runs, so that bins of different widths compare. Runs that all came out the same have a bin without width.
  const heights = option.counts.map((count, k) => count / ((option.edges[k + 1] ?? 0) - (option.edges[k] ?? 0) || 1e-9));
  const tallest = heights.reduce((most, height) => Math.max(most, height), 0);
  const base = top + block - foot;
  const room = base - top - head;
  const most = filled(spec.words.tallest, write(Math.max(...option.counts) / all, "percent"), spec.words.runs);
  const note = sheet.measure(most);

  const name = shorten(option.name, width - note - 24, 12, ink.font, 600);
  draw(svg, "text", { ...text, x: 0, y: top + 16, fill: ink.textOf(option.color), "font-weight": 600 }, name);
  draw(svg, "text", { ...text, x: width, y: top + 16, "text-anchor": "end" }, most);

  let before = 0;
  const cells = option.counts.map((count, k): Cell => {
    const [from, to] = [option.edges[k] ?? 0, option.edges[k + 1] ?? 0];
    const height = tallest > 0 ? ((heights[k] ?? 0) / tallest) * room : 0;
    const wide = Math.max(px(to) - px(from), 1);
    if (count > 0) {
      draw(svg, "rect", { x: px(from), y: base - height, width: Math.max(1, wide > 4 ? wide - 1 : wide), height, fill: ink.of(option.color) });
    }
    before += count;
    return {
      x: px(from), y: top + head, width: wide, height: block - head, title: `${option.name}: ${filled(spec.words.span, write(from, spec.xUnit), write(to, spec.xUnit))}`,
      rows: [[spec.words.ofRuns, write(count / all, "percent")], [spec.words.upToHere, write(before / all, "percent")]],
    };
  });
  draw(svg, "line", { x1: px(option.edges[0] ?? 0), x2: px(option.edges.at(-1) ?? 0), y1: base, y2: base, stroke: ink.muted });

  const marks = ([["P10", option.p10], ["P50", option.p50], ["P90", option.p90]] as const).map(([label, at]) => ({ at, label: `${label} ${write(at, spec.xUnit)}` }));
  const line = base + 11;
  draw(svg, "line", { x1: px(option.p10), x2: px(option.p90), y1: line, y2: line, stroke: ink.text, "stroke-width": 2 });
  const starts = spread(marks.map(({ at, label }) => ({ middle: px(at), width: sheet.measure(label, 500) })), 0, width);
  marks.forEach(({ at, label }, k) => {
    const median = k === 1;
    draw(svg, "line", { x1: px(at), x2: px(at), y1: top + head, y2: line, stroke: ink.text, "stroke-dasharray": median ? "none" : "2 3" });
    if (median) draw(svg, "circle", { cx: px(at), cy: line, r: 4.5, fill: ink.text, stroke: ink.surface, "stroke-width": 1.5 });
    else draw(svg, "line", { x1: px(at), x2: px(at), y1: line - 5, y2: line + 5, stroke: ink.text, "stroke-width": 2 });
    draw(svg, "text", { ...text, x: starts[k] ?? 0, y: line + 20, fill: ink.text, "font-weight": 500 }, label);
  });
  return cells;
}
