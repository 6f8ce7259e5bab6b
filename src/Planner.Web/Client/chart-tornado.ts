import { axisHeight, nameRow, nameWidth, valueAxis, type Cell, type Sheet } from "./chart-cells";
import type { TornadoSpec } from "./chart-spec";
import { draw, marker, shorten } from "./chart-svg";
import { filled } from "./chart-words";

const top = 28;
const bar = 16;

interface Side {
  at: number;
  label: string;
  color: string;
}

export function drawTornado(sheet: Sheet, spec: TornadoSpec): Cell[] {
  const { svg, ink, text, width, write } = sheet;
  const names = nameWidth(sheet, spec.rows.map((row) => row.name));
  const widest = sheet.narrow ? width * 0.24 : 120;
  const rows = spec.rows.map((row) => {
    const [low, high] = [shorten(row.low, widest, 12, ink.font), shorten(row.high, widest, 12, ink.font)];
    const sides: Side[] = [];
    if (row.atLow !== null) sides.push({ at: row.atLow, label: low, color: spec.lowColor });
    if (row.atHigh !== null) sides.push({ at: row.atHigh, label: high, color: spec.highColor });
    // An input may raise the result at both its values: then each has half the height, and one label names both.
    const folded = sides.length === 2 && sides.every((side) => Math.sign(side.at - spec.base) === Math.sign((sides[0]?.at ?? 0) - spec.base));
    return { ...row, sides, folded, joint: `${low} / ${high}` };
  });
  const values = [spec.base, ...rows.flatMap((row) => row.sides.map((side) => side.at))];
  const least = Math.min(...values);
  const most = Math.max(...values);
  const slack = most > least ? 0 : Math.abs(most) || 1;
  // Room on both sides, since either value may stand at either end.
  const room = Math.max(0, ...rows.flatMap((row) => (row.folded ? [row.joint] : row.sides.map((side) => side.label)).map((label) => sheet.measure(label)))) + 10;
  const px = valueAxis(sheet, {
    min: least - slack, max: most + slack, left: names + room, right: width - room, top: top - 6, unit: spec.xUnit, title: spec.xTitle,
  });

  const base = px(spec.base);
  const rowHeight = (sheet.height - top - axisHeight) / rows.length;
  // Behind the names, and once more over each row's bars.
  const baseLine = (from: number, to: number) => draw(svg, "line", { x1: base, x2: base, y1: from, y2: to, stroke: ink.text, "stroke-width": 1.5 });
  baseLine(top - 8, sheet.height - axisHeight);
  const cells = rows.map((row, i): Cell => {
    const y = top + rowHeight * i;
    const middle = nameRow(sheet, row.name, names, y, rowHeight);
    const say = (label: string, at: number) => {
      const left = at < spec.base;
      draw(svg, "text", { ...text, x: px(at) + (left ? -6 : 6), y: middle + 4, "text-anchor": left ? "end" : "start", fill: ink.text }, label);
    };
    row.sides.forEach((side, k) => {
      const at = px(side.at);
      const half = row.folded ? { y: middle - bar / 2 + (k * bar) / 2, height: bar / 2 - 1 } : { y: middle - bar / 2, height: bar };
      draw(svg, "rect", { x: Math.min(at, base), width: Math.max(1, Math.abs(at - base)), ...half, fill: ink.of(side.color) });
      if (!row.folded) say(side.label, side.at);
    });
    if (row.folded) {
      const furthest = row.sides.reduce((far, side) => (Math.abs(side.at - spec.base) > Math.abs(far - spec.base) ? side.at : far), spec.base);
      say(row.joint, furthest);
    }
    baseLine(middle - bar / 2 - 4, middle + bar / 2 + 4);
    if (row.flip) marker(svg, "diamond", px(row.flip.at), middle, 5, ink.text, ink.surface);

    const difference = (at: number) => (at === spec.base ? spec.words.noChange : `${at > spec.base ? "+" : ""}${write(at - spec.base, spec.xUnit)}`);
    const words: Cell["rows"] = ([[row.low, row.atLow], [row.high, row.atHigh]] as const).map(([name, at]) =>
      at === null ? [name, spec.words.noResult] : [name, write(at, spec.xUnit), difference(at)]);
    if (row.flip) words.push([spec.words.anotherWins, row.flip.label]);
    return { x: 0, y, width, height: rowHeight, title: row.name, rows: words };
  });

  const label = filled(spec.words.asItStands, write(spec.base, spec.xUnit));
  const half = sheet.measure(label, 500) / 2;
  draw(svg, "text", {
    ...text, x: Math.min(Math.max(base, half), width - half), y: 14, "text-anchor": "middle", fill: ink.text, "font-weight": 500,
  }, label);
  return cells;
}
