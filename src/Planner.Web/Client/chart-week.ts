import { legibleOn, mix, type Cell, type Sheet } from "./chart-cells";
import type { WeekSpec } from "./chart-spec";
import { draw, hatch, textWidth } from "./chart-svg";

const perDay = 24;
const days = 7;
const top = 20;
const side = 44;
const scaleHeight = 52;
const sizes = [11, 10] as const;

const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** Three digits are what a cell has room for; its card has them all. */
const brief = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Math.abs(value) >= 10 ? Math.round(value * 10) / 10 : value);

/** Days are rows where there is width for the hours, else columns. */
export function drawWeek(sheet: Sheet, spec: WeekSpec): Cell[] {
  const { svg, ink, text, width, narrow, write } = sheet;
  const known = spec.values.filter((value) => value !== null);
  const least = Math.min(0, ...known);
  const most = Math.max(least, ...known);
  const tone = (value: number) => mix(ink.surface, ink.of(spec.color), most > least ? 0.04 + 0.96 * ((value - least) / (most - least)) : 0.04);

  const [columns, rows] = narrow ? [days, perDay] : [perDay, days];
  const wide = (width - side) / columns;
  const high = (sheet.height - top - scaleHeight) / rows;
  const labels = spec.values.map((value) => (value === null ? "—" : write(brief(value), spec.unit)));
  const size = sizes.find((candidate) => Math.max(...labels.map((label) => textWidth(label, candidate, ink.font))) + 4 <= wide);

  const day = (d: number) => (narrow ? { x: side + wide * (d + 0.5), y: top - 6, "text-anchor": "middle" } : { x: 0, y: top + high * (d + 0.5) + 4, "text-anchor": "start" });
  spec.shortDays.forEach((name, d) => draw(svg, "text", { ...text, ...day(d) }, name));
  const every = narrow ? 1 : wide >= 40 ? 1 : 3;
  for (let hour = 0; hour < perDay; hour += every) {
    const at = narrow ? { x: 0, y: top + high * (hour + 0.5) + 4, "text-anchor": "start" } : { x: side + wide * (hour + 0.5), y: top - 6, "text-anchor": "middle" };
    draw(svg, "text", { ...text, ...at }, narrow || wide >= 40 ? clock(hour) : String(hour).padStart(2, "0"));
  }

  const hatches = new Map<string, string>();
  const hatched = (color: string): string => {
    const made = hatches.get(color) ?? hatch(svg, color);
    hatches.set(color, made);
    return made;
  };
  const cells = spec.values.map((value, hour): Cell => {
    const [d, h] = [Math.floor(hour / perDay), hour % perDay];
    const box = { x: side + wide * (narrow ? d : h), y: top + high * (narrow ? h : d), width: wide, height: high };
    const inner = { x: box.x + 1, y: box.y + 1, width: wide - 2, height: high - 2, rx: 2 };
    const fill = value === null ? ink.surface : tone(value);
    const over = spec.over[hour] ?? null;
    const front = legibleOn(fill);
    draw(svg, "rect", { ...inner, fill, stroke: over === null ? ink.line : ink.text, "stroke-width": over === null ? 0.5 : 1.5 });
    if (over !== null) draw(svg, "rect", { ...inner, fill: hatched(front), "fill-opacity": 0.55 });
    const label = labels[hour] ?? "";
    if (size !== undefined || value === null) {
      const middle = { x: box.x + wide / 2, y: box.y + high / 2 };
      if (over !== null) {
        const plate = textWidth(label, size ?? sizes[0], ink.font) + 4;
        draw(svg, "rect", { x: middle.x - plate / 2, y: middle.y - 8, width: plate, height: 16, rx: 2, fill });
      }
      draw(svg, "text", { ...text, x: middle.x, y: middle.y + 4, "font-size": size ?? sizes[0], "text-anchor": "middle", fill: front, stroke: "none" }, label);
    }
    const rowsOf: Cell["rows"] = [[spec.measure, value === null ? spec.words.notKnown : write(value, spec.unit), over ?? undefined]];
    const note = spec.notes[hour];
    if (note !== undefined) rowsOf.push([note, ""]);
    return { ...box, title: `${spec.days[d]} ${clock(h)}`, rows: rowsOf };
  });

  drawScale(sheet, spec, least, most, tone);
  return cells;
}

function drawScale(sheet: Sheet, spec: WeekSpec, least: number, most: number, tone: (value: number) => string): void {
  const { svg, ink, text, write } = sheet;
  const y = sheet.height - scaleHeight + 14;
  const parts = 24;
  const wide = Math.min(240, sheet.width - side);
  for (let i = 0; i < parts; i++) {
    draw(svg, "rect", { x: side + (wide / parts) * i, y, width: wide / parts + 0.5, height: 10, "shape-rendering": "crispEdges", fill: tone(least + ((most - least) * (i + 0.5)) / parts) });
  }
  draw(svg, "rect", { x: side, y, width: wide, height: 10, fill: "none", stroke: ink.line });
  draw(svg, "text", { ...text, x: side, y: y + 25 }, write(least, spec.unit));
  draw(svg, "text", { ...text, x: side + wide, y: y + 25, "text-anchor": "end" }, most > least ? `${write(most, spec.unit)} ${spec.measure}` : spec.measure);
}
