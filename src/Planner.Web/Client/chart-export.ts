// A file of a chart must explain itself: title and legend, which the page shows beside the drawing, are drawn into it.
import type { Spec } from "./chart-spec";
import { draw, hatch, inkOf, marker, textWidth } from "./chart-svg";

const edge = 16;

function picture(host: HTMLElement, spec: Spec): { svg: SVGSVGElement; width: number; height: number } {
  const drawn = host.querySelector<SVGSVGElement>("svg.apexcharts-svg, svg.planner-drawing");
  if (!drawn) throw new Error("The chart is not drawn yet.");
  const ink = inkOf(host);
  const inner = { width: drawn.clientWidth || Number(drawn.getAttribute("width")), height: drawn.clientHeight || spec.height };
  const width = inner.width + 2 * edge;

  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const back = draw(svg, "rect", { width, fill: ink.surface });
  const text = { "font-family": ink.font, fill: ink.text };
  let y = edge + 14;
  for (const line of wrap(spec.title, inner.width, ink.font)) {
    draw(svg, "text", { ...text, x: edge, y, "font-size": 16, "font-weight": 500 }, line);
    y += 22;
  }

  let x = edge;
  for (const entry of spec.legend) {
    // The picture may be drawn with another, wider face than the page.
    const wide = textWidth(entry.name, 12, ink.font) * 1.12 + 48;
    if (x > edge && x + wide > width - edge) {
      x = edge;
      y += 20;
    }
    const color = ink.of(entry.color);
    if (entry.marker === null) {
      draw(svg, "rect", { x, y: y - 9, width: 12, height: 10, rx: 2, fill: entry.hatched ? hatch(svg, color) : color, stroke: entry.hatched ? color : "none" });
    } else if (entry.lone) marker(svg, entry.marker, x + 12, y - 4, 4, color, ink.surface);
    else {
      draw(svg, "line", { x1: x, x2: x + 24, y1: y - 4, y2: y - 4, stroke: color, "stroke-width": 2.5, "stroke-dasharray": entry.dash });
      marker(svg, entry.marker, x + 12, y - 4, 4, color, ink.surface);
    }
    draw(svg, "text", { ...text, x: x + (entry.marker === null ? 18 : 30), y, "font-size": 12 }, entry.name);
    x += wide;
  }
  y += 12;

  const copy = drawn.cloneNode(true) as SVGSVGElement;
  copy.querySelectorAll("foreignObject").forEach((foreign) => foreign.remove());
  copy.setAttribute("x", String(edge));
  copy.setAttribute("y", String(y));
  svg.append(copy);

  const height = y + inner.height + edge;
  back.setAttribute("height", String(height));
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return { svg, width, height };
}

function wrap(title: string, width: number, font: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, 16, font, 500) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const source = (svg: SVGSVGElement): Blob => new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });

function offer(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export async function exportSvg(host: HTMLElement, spec: Spec, name: string): Promise<void> {
  offer(source(picture(host, spec).svg), `${name}.svg`);
}

export async function exportPng(host: HTMLElement, spec: Spec, name: string): Promise<void> {
  const { svg, width, height } = picture(host, spec);
  const address = URL.createObjectURL(source(svg));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob) offer(blob, `${name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}
