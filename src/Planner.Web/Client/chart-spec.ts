// What Components/Charts sends; mirrors ChartSpec.cs. Colours are CSS values and follow the theme until they are resolved for drawing.
import type { Words } from "./chart-words";

export type AxisUnit = "count" | "percent" | "usd" | "rate" | "month";
export type Marker = "circle" | "square" | "triangle" | "diamond" | "none";

interface Common {
  culture: string;
  /** How amounts of money are written, {0} being the figure; the dollar's sign before it where left out. */
  amounts?: string;
  /** Added from the element that is drawn into. */
  words: Words;
  title: string;
  height: number;
  width: number | null;
  legend: { name: string; color: string; dash: number; marker: Marker | null; hatched?: boolean; lone?: boolean }[];
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
  lowestWins: boolean;
  /** The month at x = 0, such as "2026-12-01". */
  start: string | null;
}

export interface BarSpec extends Common {
  kind: "bars";
  groups: { name: string; color: string }[];
  rows: { option: string | null; color: string; row: string; values: number[]; total: string; pale: boolean }[];
}

export interface WeekSpec extends Common {
  kind: "week";
  unit: AxisUnit;
  measure: string;
  color: string;
  days: string[];
  shortDays: string[];
  values: (number | null)[];
  over: (string | null)[];
  notes: string[];
}

export interface TornadoSpec extends Common {
  kind: "tornado";
  xUnit: AxisUnit;
  xTitle: string;
  base: number;
  lowColor: string;
  highColor: string;
  rows: { name: string; low: string; high: string; atLow: number | null; atHigh: number | null; flip: { at: number; label: string } | null }[];
}

export interface DistributionSpec extends Common {
  kind: "distribution";
  xUnit: AxisUnit;
  xTitle: string;
  options: { name: string; color: string; edges: number[]; counts: number[]; p10: number; p50: number; p90: number }[];
}

export interface WaterfallSpec extends Common {
  kind: "waterfall";
  xUnit: AxisUnit;
  xTitle: string;
  bars: { name: string; from: number; to: number; color: string; total: boolean }[];
}

export interface MapAxis {
  title: string;
  unit: AxisUnit;
  values: number[];
  logarithmic: boolean;
}

export interface MapSpec extends Common {
  kind: "map";
  x: MapAxis;
  y: MapAxis;
  options: { name: string; color: string }[];
  cells: number[];
  here: { x: number; y: number; label: string } | null;
}

export interface FrontierAxis {
  title: string;
  unit: AxisUnit;
  logarithmic: boolean;
}

export interface FrontierSpec extends Common {
  kind: "frontier";
  x: FrontierAxis;
  y: FrontierAxis;
  points: { name: string; label: string; x: number; y: number; color: string; marker: Marker }[];
}

export interface HistorySpec extends Common {
  kind: "history";
  yUnit: AxisUnit;
  yTitle: string;
  /** Days are counted from 1970. */
  today: number;
  tracks: { name: string; color: string; dash: number; marker: Marker; steps: [from: number, to: number, price: number][] }[];
}

export interface ColumnSpec extends Common {
  kind: "columns";
  unit: AxisUnit;
  yTitle: string;
  /** Days are counted from 1970. */
  first: number;
  /** Days of a column. */
  step: number;
  groups: { name: string; color: string }[];
  /** Columns, each a value a group. */
  values: number[][];
}

export interface LengthSpec extends Common {
  kind: "lengths";
  xTitle: string;
  color: string;
  of: string;
  bins: [from: number, to: number, count: number][];
  marks: { label: string; at: number }[];
}

export type CellSpec = WeekSpec | TornadoSpec | DistributionSpec | WaterfallSpec | MapSpec | FrontierSpec | HistorySpec | ColumnSpec | LengthSpec;
export type Spec = LineSpec | BarSpec | CellSpec;
