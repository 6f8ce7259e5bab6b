// What Components/Charts sends; mirrors ChartSpec.cs. Colours are CSS values and follow the theme until they are resolved for drawing.

export type AxisUnit = "count" | "percent" | "usd" | "rate" | "month";
export type Marker = "circle" | "square" | "triangle" | "diamond" | "none";

interface Common {
  culture: string;
  /** What stands before amounts of money; the dollar's sign where left out. */
  symbol?: string;
  title: string;
  height: number;
  width: number | null;
  legend: { name: string; color: string; dash: number; marker: Marker | null }[];
}

export interface LineSeries {
  name: string;
  color: string;
  dash: number;
  marker: Marker;
  points: [number, number][];
  capacityAt: number | null;
}

export interface LineSpec extends Common {
  kind: "lines";
  xUnit: AxisUnit;
  xTitle: string;
  yUnit: AxisUnit;
  yTitle: string;
  logarithmic: boolean;
  picks: boolean;
  series: LineSeries[];
  crossings: { x: number; y: number; label: string }[];
  winners: { from: number; to: number; name: string | null; color: string | null }[];
  here: { x: number; y: number | null; label: string } | null;
  /** The month at x = 0, such as "2026-12-01". */
  start: string | null;
}

export interface BarSpec extends Common {
  kind: "bars";
  groups: { name: string; color: string }[];
  rows: { option: string | null; color: string; row: string; values: number[]; total: string; pale: boolean }[];
}

export type Spec = LineSpec | BarSpec;
