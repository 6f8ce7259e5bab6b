// Called by take-pictures.sh: fills the app with worked examples and a made-up log, opens pages and writes them as PNG of 256 colours.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateSync, inflateSync } from "node:zlib";

const [playwright, browserPath, url, folder] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(playwright).href);

async function ask(path, body) {
  const isForm = body instanceof FormData;
  const answer = await fetch(`${url}/api/v1${path}`, body ? { method: "POST", body: isForm ? body : JSON.stringify(body), headers: isForm ? {} : { "Content-Type": "application/json" } } : {});
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Five weeks of requests with business hours, of lengths that differ; the same ones each time. */
function log() {
  const lines = ["request_id,spend,prompt_tokens,completion_tokens,startTime,endTime,model,custom_llm_provider,status"];
  const time = (at) => new Date(at).toISOString().slice(0, 19) + "Z";
  for (let hour = 0; hour < 35 * 24; hour++) {
    const at = Date.UTC(2026, 8, 28) + hour * 3_600_000;
    const [day, clock] = [new Date(at).getUTCDay(), new Date(at).getUTCHours()];
    const requests = 10 + (day % 6 === 0 ? 5 : clock >= 7 && clock < 19 ? 98 - 7 * Math.abs(clock - 13) : 12);
    for (let k = 0; k < requests; k++) {
      const [input, output] = [300 + ((hour * 37 + k * 211) % 40) ** 2, 40 + ((hour * 13 + k * 41) % 20) ** 2];
      lines.push(`r${hour}-${k},${((input * 2.5 + output * 10) / 1e6).toFixed(6)},${input},${output},${time(at + k * 30_000)},${time(at + k * 30_000 + 3000)},gpt-4o,openai,success`);
    }
  }
  return lines.join("\n") + "\n";
}

/** The pixels of a PNG without an alpha channel, as Chromium writes pages. */
function pixelsOf(png) {
  const [width, height, step] = [png.readUInt32BE(16), png.readUInt32BE(20), { 2: 3, 6: 4 }[png[25]]];
  const data = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * step;
  const bytes = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < step ? 0 : bytes[at - step];
      const above = y === 0 ? 0 : bytes[at - stride];
      const corner = x < step || y === 0 ? 0 : bytes[at - stride - step];
      const [toLeft, toAbove, toCorner] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
      const paeth = toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
      bytes[at] = raw[y * (stride + 1) + 1 + x] + [0, left, above, (left + above) >> 1, paeth][filter];
    }
  }
  const colours = new Uint32Array(width * height);
  for (let k = 0; k < colours.length; k++) colours[k] = (bytes[k * step] << 16) | (bytes[k * step + 1] << 8) | bytes[k * step + 2];
  return { width, height, colours };
}

function crc(bytes) {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ~rest >>> 0;
}

/** A PNG of 256 colours, each other one drawn in the nearest of them: about a third of the bytes. */
function withPalette(png) {
  const { width, height, colours } = pixelsOf(png);
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  // The most frequent of each hue first: a small amber dot must not turn red because grey edges of letters are many.
  const frequent = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
  const hues = new Map();
  for (const colour of frequent) if (!hues.has(colour & 0xe0e0e0)) hues.set(colour & 0xe0e0e0, colour);
  const palette = [...new Set([...[...hues.values()].slice(0, 200), ...frequent])].slice(0, 256);
  const distance = (a, b) => [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  const index = new Map([...counts.keys()].map((colour) => [colour, palette.reduce((best, other, k) => (distance(other, colour) < distance(palette[best], colour) ? k : best), 0)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let k = 0; k < colours.length; k++) rows[Math.floor(k / width) * (width + 1) + 1 + (k % width)] = index.get(colours[k]);
  const chunk = (name, data) => {
    const framed = Buffer.alloc(12 + data.length);
    framed.writeUInt32BE(data.length);
    framed.write(name, 4, "latin1");
    data.copy(framed, 8);
    framed.writeUInt32BE(crc(framed.subarray(4, 8 + data.length)), 8 + data.length);
    return framed;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  return Buffer.concat([
    png.subarray(0, 8), chunk("IHDR", head), chunk("PLTE", Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0)),
  ]);
}

const stored = async (example) => (await ask("/scenarios", await ask(`/examples/${example}`))).id;
const compared = [await stored("support-assistant"), await stored("high-volume-chat"), await stored("internal-code-generation")];
const form = new FormData();
form.set("file", new Blob([log()]), "gateway.csv");
form.set("name", "Support chat");
const usage = (await ask("/usage/imports", form)).setId;

const browser = await chromium.launch({ executablePath: browserPath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
async function take(name, path, { width = 1440, height = 900, scrollTo } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: "light", locale: "en-US", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(url + path, { waitUntil: "networkidle" });
  await page.waitForFunction(() => ![...document.querySelectorAll("figure")].some((figure) => figure.querySelector("svg") === null));
  // What is computed after the first paint: confidence, risk, fonts. It moves what is below.
  await page.waitForTimeout(3000);
  if (scrollTo) {
    await page.locator(scrollTo).first().evaluate((element) => {
      element.scrollIntoView({ block: "start" });
      // What stays at the top covers as much.
      window.scrollBy(0, -72);
    });
    await page.waitForTimeout(500);
  }
  const png = withPalette(await page.screenshot());
  writeFileSync(join(folder, `${name}.png`), png);
  console.log(`${name}.png ${Math.round(png.length / 1024)} KiB`);
  await context.close();
}

await take("scenario", "/examples/high-volume-chat");
await take("break-even", "/examples/high-volume-chat", { scrollTo: "figure" });
await take("risk", "/examples/support-assistant?view=risk", { scrollTo: "nav.tabs" });
await take("usage", `/usage/${usage}`);
await take("compare", `/compare?${compared.map((id) => `with=${id}`).join("&")}`);
await take("phone", "/examples/high-volume-chat", { width: 390, height: 844 });
await browser.close();
