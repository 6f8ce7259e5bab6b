// Strokes over the grid of WeekEditor: shown at once, sent once at their end. The component alone decides what a value becomes.
interface Editor {
  invokeMethodAsync(method: "Stroke", hours: number[], value: number): Promise<void>;
  invokeMethodAsync(method: "Nudge", hours: number[], steps: number): Promise<void>;
  invokeMethodAsync(method: "Deselect"): Promise<void>;
}

const arrows: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class WeekKeys {
  private readonly painted = new Set<HTMLElement>();
  private value = 0;
  private pointer: number | null = null;
  private last: [number, number] = [0, 0];
  private typed = "";
  private steps = 0;
  private drawing = false;

  constructor(private readonly grid: HTMLElement, private readonly editor: Editor) {
    const on = <K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void) => grid.addEventListener(type, listener);
    on("pointerdown", (event) => this.press(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.release(event));
    on("pointercancel", () => this.cancel());
    on("keydown", (event) => this.key(event));
    on("keyup", (event) => this.keyUp(event));
    on("focusin", (event) => this.rove(event.target as HTMLElement));
    on("focusout", (event) => {
      if (!grid.contains(event.relatedTarget as Node | null)) this.settle();
    });
  }

  private brush(cell: HTMLElement): number {
    const [brush, min] = [Number(this.grid.dataset["brush"]), Number(this.grid.dataset["min"])];
    // A choice of hours toggles: a stroke that begins on what it would set takes it out.
    return this.grid.classList.contains("choice") && Number(cell.dataset["value"]) === brush ? 1 - brush : Math.max(brush, min);
  }

  private cellAt(x: number, y: number): HTMLElement | null {
    const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-hour]") ?? null;
    return cell && this.grid.contains(cell) ? cell : null;
  }

  private paint(cell: HTMLElement | null, text = String(this.value)): void {
    if (!cell) return;
    this.painted.add(cell);
    cell.dataset["preview"] = text;
  }

  private press(event: PointerEvent): void {
    const cell = (event.target as Element).closest<HTMLElement>("[data-hour]");
    if (event.button !== 0 || !cell) return;
    this.settle();
    event.preventDefault();
    cell.focus({ preventScroll: true });
    this.grid.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.value = this.brush(cell);
    this.last = [event.clientX, event.clientY];
    this.paint(cell);
  }

  private move(event: PointerEvent): void {
    if (event.pointerId !== this.pointer) return;
    // A fast pointer jumps over cells.
    const [x, y] = this.last;
    const count = Math.max(1, Math.ceil(Math.hypot(event.clientX - x, event.clientY - y) / 6));
    for (let i = 1; i <= count; i++) this.paint(this.cellAt(x + ((event.clientX - x) * i) / count, y + ((event.clientY - y) * i) / count));
    this.last = [event.clientX, event.clientY];
  }

  private release(event: PointerEvent): void {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    void this.send(() => this.editor.invokeMethodAsync("Stroke", this.hours(), this.value));
  }

  private cancel(): void {
    this.pointer = null;
    this.typed = "";
    this.steps = 0;
    this.drawing = false;
    this.painted.forEach((cell) => delete cell.dataset["preview"]);
    this.painted.clear();
  }

  private readonly hours = (): number[] => [...this.painted].map((cell) => Number(cell.dataset["hour"]));

  /** Sends what is painted; its preview stays until the component has drawn the answer. */
  private async send(call: () => Promise<void>): Promise<void> {
    if (this.painted.size === 0) return;
    const sent = [...this.painted];
    const answer = call();
    this.painted.clear();
    this.typed = "";
    this.steps = 0;
    this.drawing = false;
    try {
      await answer;
    } finally {
      sent.filter((cell) => !this.painted.has(cell)).forEach((cell) => delete cell.dataset["preview"]);
    }
  }

  /** Ends whatever is under way at the keys. */
  private settle(): void {
    const typed = Number(this.typed.replace(",", "."));
    const [steps, value] = [this.steps, this.value];
    if (this.typed !== "" && Number.isFinite(typed)) void this.send(() => this.editor.invokeMethodAsync("Stroke", this.hours(), typed));
    else if (steps !== 0) void this.send(() => this.editor.invokeMethodAsync("Nudge", this.hours(), steps));
    else if (this.drawing) void this.send(() => this.editor.invokeMethodAsync("Stroke", this.hours(), value));
    else this.cancel();
  }

  /** What keys change: the selected hours where there are any, else the one in focus. */
  private targets(focus: HTMLElement): HTMLElement[] {
    const selected = [...this.grid.querySelectorAll<HTMLElement>('[aria-selected="true"]')];
    return selected.length > 0 ? selected : focus.dataset["hour"] === undefined ? [] : [focus];
  }

  private key(event: KeyboardEvent): void {
    const focus = (event.target as Element).closest<HTMLElement>("[data-r]");
    if (!focus || event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = focus.dataset["hour"] === undefined ? null : focus;
    const step = arrows[event.key];
    const choice = this.grid.classList.contains("choice");
    if (step || event.key === "Home" || event.key === "End") {
      event.preventDefault();
      this.walk(event, focus, cell, step);
    } else if (event.key === "Escape") {
      if (this.painted.size > 0) this.cancel();
      else void this.editor.invokeMethodAsync("Deselect");
    } else if ((event.key === "Enter" || event.key === " ") && cell) {
      event.preventDefault();
      if (this.typed !== "") this.settle();
      else this.strokeAt(this.targets(cell), this.brush(cell));
    } else if ((event.key === "Delete" || event.key === "Backspace") && this.typed === "") {
      event.preventDefault();
      this.strokeAt(this.targets(focus), Number(this.grid.dataset["min"]));
    } else if (event.key === "Backspace") {
      event.preventDefault();
      this.type(focus, this.typed.slice(0, -1));
    } else if (/^[0-9.,]$/.test(event.key) && this.steps === 0 && !choice) {
      event.preventDefault();
      this.type(focus, (this.typed + event.key).slice(0, 9));
    } else if (["+", "-", "−"].includes(event.key) && this.typed === "") {
      event.preventDefault();
      this.steps += event.key === "+" ? 1 : -1;
      this.targets(focus).forEach((target) => this.paint(target, this.steps > 0 ? `+${this.steps}` : String(this.steps)));
    }
  }

  private keyUp(event: KeyboardEvent): void {
    if (this.steps !== 0 && ["+", "-", "−", "=", "_"].includes(event.key)) this.settle();
    if (this.drawing && event.key === "Shift") this.settle();
  }

  private walk(event: KeyboardEvent, focus: HTMLElement, cell: HTMLElement | null, step: [number, number] | undefined): void {
    if (!event.shiftKey || this.typed !== "" || this.steps !== 0) this.settle();
    const next = this.neighbour(focus, event.key, step);
    if (!next) return;
    if (event.shiftKey && cell && next.dataset["hour"] !== undefined) {
      if (!this.drawing) this.value = this.brush(cell);
      this.drawing = true;
      this.paint(cell);
      this.paint(next);
    }
    next.focus();
  }

  /** Arrows go as the eye does: days are rows on wide pages and columns on narrow ones. */
  private neighbour(focus: HTMLElement, key: string, step: [number, number] | undefined): HTMLElement | null {
    const first = this.grid.querySelector<HTMLElement>('[data-hour="0"]');
    const second = this.grid.querySelector<HTMLElement>('[data-hour="1"]');
    const upright = first !== null && second !== null && second.offsetTop > first.offsetTop;
    let [r, c] = [Number(focus.dataset["r"]), Number(focus.dataset["c"])];
    if (key === "Home") c = 1;
    else if (key === "End") c = 24;
    else if (step) [r, c] = upright ? [r + step[0], c + step[1]] : [r + step[1], c + step[0]];
    return this.grid.querySelector<HTMLElement>(`[data-r="${r}"][data-c="${c}"]`);
  }

  private strokeAt(cells: HTMLElement[], value: number): void {
    this.value = value;
    cells.forEach((cell) => this.paint(cell));
    void this.send(() => this.editor.invokeMethodAsync("Stroke", this.hours(), value));
  }

  private type(focus: HTMLElement, typed: string): void {
    this.typed = typed;
    if (typed === "") this.cancel();
    else this.targets(focus).forEach((target) => this.paint(target, typed));
  }

  /** One stop for the Tab key: where the focus was last. */
  private rove(target: HTMLElement): void {
    const focus = target.closest<HTMLElement>("[data-r]");
    if (!focus) return;
    this.grid.querySelectorAll<HTMLElement>('[data-r][tabindex="0"]').forEach((other) => (other.tabIndex = -1));
    focus.tabIndex = 0;
  }
}

/** Listens on the grid itself, so it ends with it. */
export function start(grid: HTMLElement, editor: Editor): void {
  new WeekKeys(grid, editor);
}
