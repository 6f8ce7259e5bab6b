import type { ApexOptions } from "apexcharts";
import type { BarSpec } from "./chart-spec";
import type { Cell } from "./chart-cells";
import { draw, hatch, shorten, textWidth, writer, niceStep, type Ink, type Plot } from "./chart-svg";

const axisHeight = 28;

const labelWidth = (spec: BarSpec, width: number, font: string): number =>
  Math.min(Math.max(96, ...spec.rows.map((row) => textWidth(row.option ?? "", 12, font, 500) + 24)), width * 0.34, 220);

const totalWidth = (spec: BarSpec, font: string): number => Math.max(40, ...spec.rows.map((row) => textWidth(row.total, 12, font, 600) + 14));

interface Scale {
  min: number;
  max: number;
  step: number;
}

export function barScale(spec: BarSpec, width: number): Scale {
  const sum = (values: number[], sign: 1 | -1) => values.filter((value) => value * sign > 0).reduce((a, b) => a + b, 0);
  const high = Math.max(0, ...spec.rows.map((row) => sum(row.values, 1)));
  const low = Math.min(0, ...spec.rows.map((row) => sum(row.values, -1)));
  const step = niceStep(high - low || 1, Math.max(2, Math.floor(width / 170)));
  return { min: low, max: Math.max(step / 2, high), step };
}

export function barOptions(spec: BarSpec, width: number, ink: Ink): ApexOptions {
  const scale = barScale(spec, width);
  return {
    series: spec.groups.map((group, g) => ({ name: group.name, data: spec.rows.map((row) => row.values[g] ?? 0) })),
    colors: spec.groups.map((group) => ink.of(group.color)),
    stroke: { width: 1, colors: [ink.surface] },
    plotOptions: { bar: { horizontal: true, barHeight: "68%", borderRadius: 0 } },
    dataLabels: { enabled: false },
    xaxis: {
      categories: spec.rows.map((_, i) => String(i)), min: scale.min, max: scale.max, tickAmount: 1,
      labels: { show: false }, axisTicks: { show: false }, axisBorder: { show: false }, crosshairs: { show: false },
    } as ApexOptions["xaxis"],
    yaxis: { min: scale.min, max: scale.max, labels: { show: false }, axisBorder: { show: false } },
    grid: {
      show: false,
      padding: { top: -20, left: labelWidth(spec, width, ink.font), right: totalWidth(spec, ink.font), bottom: axisHeight - 12 },
    },
  };
}

export function drawBars(layer: SVGGElement, below: SVGGElement, spec: BarSpec, plot: Plot, width: number, ink: Ink): Cell[] {
  const write = writer(spec);
  const scale = barScale(spec, width);
  const px = (value: number) => plot.left + ((value - scale.min) / (scale.max - scale.min)) * plot.width;
  const rowHeight = plot.height / spec.rows.length;
  const base = plot.top + plot.height;
  const text = { "font-family": ink.font, "font-size": 12, fill: ink.muted };

  for (let value = Math.ceil(scale.min / scale.step - 1e-9) * scale.step; value <= scale.max * (1 + 1e-9); value += scale.step) {
    const zero = Math.abs(value) < scale.step / 1e6;
    draw(below, "line", { x1: px(value), x2: px(value), y1: plot.top, y2: base, stroke: zero ? ink.muted : ink.line });
    draw(layer, "text", { ...text, x: px(value), y: base + 18, "text-anchor": "middle" }, write(zero ? 0 : value, "usd"));
  }

  const pale = hatch(layer, ink.surface);
  let option = "";
  return spec.rows.map((row, i): Cell => {
    const middle = plot.top + rowHeight * (i + 0.5);
    const positive = row.values.filter((value) => value > 0).reduce((a, b) => a + b, 0);
    const left = 0;
    if (row.option !== null) {
      if (i > 0) draw(layer, "line", { x1: left, x2: plot.left + plot.width, y1: plot.top + rowHeight * i, y2: plot.top + rowHeight * i, stroke: ink.line });
      draw(layer, "rect", { x: left, y: middle - 12, width: 8, height: 8, rx: 2, fill: ink.of(row.color) });
      draw(layer, "text", { ...text, x: left + 13, y: middle - 4, fill: ink.text, "font-weight": 500 }, shorten(row.option, plot.left - 24, 12, ink.font, 500));
    }
    draw(layer, "text", { ...text, x: left + 13, y: middle + (row.option === null ? 4 : 11), "font-size": 11 }, row.row);
    if (row.pale) {
      draw(layer, "rect", { x: px(0), y: middle - rowHeight * 0.34, width: Math.max(0, px(positive) - px(0)), height: rowHeight * 0.68, fill: pale });
    }
    draw(layer, "text", { ...text, x: px(positive) + 7, y: middle + 4, fill: row.pale ? ink.muted : ink.text, "font-weight": 600 }, row.total);
    option = row.option ?? option;
    return {
      x: 0, y: plot.top + rowHeight * i, width, height: rowHeight, title: `${option}, ${row.row}: ${row.total}`,
      rows: spec.groups.flatMap((group, g): Cell["rows"] => (row.values[g] ? [[group.name, write(row.values[g], "usd")]] : [])),
    };
  });
}
