import { axisHeight, nameRow, nameWidth, valueAxis, type Cell, type Sheet } from "./chart-cells";
import type { WaterfallSpec } from "./chart-spec";
import { draw } from "./chart-svg";

const top = 4;
const bar = 18;

export function drawWaterfall(sheet: Sheet, spec: WaterfallSpec): Cell[] {
  const { svg, ink, text, width, write } = sheet;
  const names = nameWidth(sheet, spec.bars.map((one) => one.name));
  const ends = spec.bars.flatMap((one) => [one.from, one.to]);
  const min = Math.min(0, ...ends);
  const max = Math.max(0, ...ends);
  // Cents beside thousands say nothing.
  const whole = spec.xUnit === "usd" && max - min >= 1000;
  const labels = spec.bars.map((one) => {
    const amount = one.to - one.from;
    return `${!one.total && amount > 0 ? "+" : ""}${write(whole ? Math.round(amount) : amount, spec.xUnit)}`;
  });
  const room = Math.max(...labels.map((label) => sheet.measure(label, 600))) + 12;
  // An amount stands right of its bar, so only what lies left of zero may need room on the left.
  const px = valueAxis(sheet, { min, max: max > min ? max : min + 1, left: names + 2, right: width - room, top, unit: spec.xUnit, title: spec.xTitle });

  const rowHeight = (sheet.height - top - axisHeight) / spec.bars.length;
  const links = draw(svg, "g", { stroke: ink.muted, "stroke-dasharray": "2 2" });
  let before: { x: number; y: number } | null = null;
  return spec.bars.map((one, i): Cell => {
    const y = top + rowHeight * i;
    const middle = nameRow(sheet, one.name, names, y, rowHeight, one.total ? 500 : 400);
    const [from, to] = [px(one.from), px(one.to)];
    if (before) draw(links, "line", { x1: before.x, x2: before.x, y1: before.y, y2: middle - bar / 2 });
    before = { x: to, y: middle + bar / 2 };
    draw(svg, "rect", { x: Math.min(from, to), y: middle - bar / 2, width: Math.max(1, Math.abs(to - from)), height: bar, fill: ink.of(one.color) });
    draw(svg, "text", { ...text, x: Math.max(from, to) + 6, y: middle + 4, fill: ink.text, "font-weight": one.total ? 600 : 400 }, labels[i]);
    return {
      x: 0, y, width, height: rowHeight, title: one.name,
      rows: one.total ? [[spec.words.total, write(one.to, spec.xUnit)]] : [[spec.words.thisStep, `${one.to > one.from ? "+" : ""}${write(one.to - one.from, spec.xUnit)}`],
        [spec.words.totalSoFar, write(one.to, spec.xUnit)]],
    };
  });
}
